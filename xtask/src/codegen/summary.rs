//! What `cargo xtask codegen` has to tell, for a terminal.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use crate::merge::{Contribution, Difference};
use crate::overlay::Applied;

/// What happened on the way from the sources to the document.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The sources, in merge order.
    pub sources: Vec<SourceSummary>,
    /// Operations of the document.
    pub operations: usize,
    /// Component schemas of the document.
    pub schemas: usize,
    /// Differences in meaning, resolved by the order of the sources.
    pub conflicts: Vec<Difference>,
    /// Differences in wording, resolved likewise.
    pub notes: usize,
    /// The overlays that were applied.
    pub overlays: Vec<Applied>,
    /// What OpenAPI 3.0.3 cannot say: the message, and where.
    pub losses: BTreeMap<String, Vec<String>>,
    /// The stages, and how long each took.
    pub stages: Vec<(&'static str, Duration)>,
}

/// One source of the summary.
#[derive(Clone, Debug, Default)]
pub struct SourceSummary {
    /// Its name.
    pub name: String,
    /// The OpenAPI versions of its documents.
    pub versions: Vec<String>,
    /// How many documents it has.
    pub documents: usize,
    /// What these contribute together.
    pub contribution: Contribution,
}

impl Display for Summary {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.sources(f)?;
        self.conflicts(f)?;
        self.overlays(f)?;
        self.losses(f)?;
        self.time(f)
    }
}

impl Summary {
    fn sources(&self, f: &mut Formatter) -> fmt::Result {
        let width = self
            .sources
            .iter()
            .map(|source| source.name.len())
            .max()
            .unwrap_or(0)
            .max(10);
        writeln!(
            f,
            "{:width$}  {:9}  {:>9}  {:>16}  {:>16}",
            "Sources", "OpenAPI", "documents", "operations taken", "schemas taken"
        )?;
        for source in &self.sources {
            let Contribution {
                operations,
                schemas,
                operations_taken,
                schemas_taken,
            } = source.contribution;
            writeln!(
                f,
                "  {:indented$}  {:9}  {:>9}  {:>16}  {:>16}",
                source.name,
                source.versions.join(", "),
                source.documents,
                format!("{operations_taken} of {operations}"),
                format!("{schemas_taken} of {schemas}"),
                indented = width - 2,
            )?;
        }
        writeln!(
            f,
            "  {:indented$}  {:9}  {:>9}  {:>16}  {:>16}",
            "together",
            "3.0.3",
            1,
            self.operations,
            self.schemas,
            indented = width - 2,
        )
    }

    fn conflicts(&self, f: &mut Formatter) -> fmt::Result {
        if self.conflicts.is_empty() && self.notes == 0 {
            return writeln!(f, "\nConflicts: none");
        }
        writeln!(
            f,
            "\nConflicts: {} (the later source is taken), and {} differences in wording",
            self.conflicts.len(),
            self.notes
        )?;
        for conflict in &self.conflicts {
            writeln!(f, "  {}", conflict.pointer)?;
            writeln!(f, "    {} -> {}", conflict.earlier, conflict.later)?;
            for pointer in &conflict.within {
                writeln!(f, "      {pointer}")?;
            }
        }
        Ok(())
    }

    fn overlays(&self, f: &mut Formatter) -> fmt::Result {
        if self.overlays.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nOverlays")?;
        let width = self
            .overlays
            .iter()
            .map(|overlay| overlay.file.len())
            .max()
            .unwrap_or(0);
        for overlay in &self.overlays {
            let changed: usize = overlay.changed.iter().sum();
            writeln!(
                f,
                "  {:width$}  {}: {} changed in {}",
                overlay.file,
                overlay.title,
                count(changed, "node"),
                count(overlay.changed.len(), "action"),
            )?;
        }
        Ok(())
    }

    fn losses(&self, f: &mut Formatter) -> fmt::Result {
        if self.losses.is_empty() {
            return writeln!(f, "\nLossy: nothing");
        }
        writeln!(
            f,
            "\nLossy: what OpenAPI 3.0.3 cannot say is kept as an extension"
        )?;
        for (message, places) in &self.losses {
            writeln!(f, "  {message}")?;
            for place in places {
                writeln!(f, "    {place}")?;
            }
        }
        Ok(())
    }

    fn time(&self, f: &mut Formatter) -> fmt::Result {
        let stages = self.stages.iter();
        let stages: Vec<String> = stages
            .map(|(stage, time)| format!("{stage} {}", seconds(*time)))
            .collect();
        let total: Duration = self.stages.iter().map(|(_, time)| *time).sum();
        writeln!(
            f,
            "\nTime: {}; {} in all",
            stages.join(", "),
            seconds(total)
        )
    }
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
