//! The summary that `cargo xtask codegen` prints.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use gitbook_api_codegen::text::counted;

use crate::merge::{Contribution, Difference};
use crate::overlay::Applied;
use crate::terminal::one_line;

/// The summary of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    /// The sources, in merge order.
    pub sources: Vec<SourceSummary>,
    pub operations: usize,
    pub schemas: usize,
    /// Differences in meaning, which were resolved by the order of the sources.
    pub conflicts: Vec<Difference>,
    /// The number of differences in wording, which were resolved in the same way.
    pub wording_changes: usize,
    /// The overlays that were applied.
    pub overlays: Vec<Applied>,
    /// The locations of what OpenAPI 3.0.3 cannot express, by message.
    pub lossy: BTreeMap<String, Vec<String>>,
    pub client: Client,
    /// The steps with their durations.
    pub steps: Vec<(&'static str, Duration)>,
}

/// The size of the generated client.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub operations: usize,
    pub types: usize,
    pub lines: usize,
}

/// The summary of one source.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceSummary {
    pub name: String,
    /// The OpenAPI versions of its documents.
    pub versions: Vec<String>,
    pub documents: usize,
    /// The contribution of all its documents.
    pub contribution: Contribution,
}

impl Display for Summary {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.sources(f)?;
        self.conflicts(f)?;
        self.overlays(f)?;
        self.lossy(f)?;
        self.client(f)?;
        self.time(f)
    }
}

impl Summary {
    fn client(&self, f: &mut Formatter) -> fmt::Result {
        let Client {
            operations,
            types,
            lines,
        } = self.client;
        writeln!(
            f,
            "\nClient: {operations} operations, {types} types, {lines} lines"
        )
    }

    fn sources(&self, f: &mut Formatter) -> fmt::Result {
        let taken = |taken: usize, of: usize| format!("{taken} of {of}");
        let mut rows = vec![
            [
                "Sources",
                "OpenAPI",
                "documents",
                "operations taken",
                "schemas taken",
            ]
            .map(str::to_owned),
        ];
        for source in &self.sources {
            let Contribution {
                operations,
                schemas,
                operations_taken,
                schemas_taken,
            } = source.contribution;
            rows.push([
                format!("  {}", one_line(&source.name)),
                source.versions.join(", "),
                source.documents.to_string(),
                taken(operations_taken, operations),
                taken(schemas_taken, schemas),
            ]);
        }
        rows.push(
            [
                "  merged",
                "3.0.3",
                "1",
                &self.operations.to_string(),
                &self.schemas.to_string(),
            ]
            .map(str::to_owned),
        );

        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        for [name, versions, documents, operations, schemas] in &rows {
            writeln!(
                f,
                "{name:0$}  {versions:1$}  {documents:>2$}  {operations:>3$}  {schemas:>4$}",
                width(0),
                width(1),
                width(2),
                width(3),
                width(4),
            )?;
        }
        Ok(())
    }

    fn conflicts(&self, f: &mut Formatter) -> fmt::Result {
        let wording = counted(self.wording_changes, "difference");
        match self.conflicts.len() {
            0 => writeln!(f, "\nConflicts: none; {wording} in wording only")?,
            number => writeln!(
                f,
                "\nConflicts: {number}, resolved in favor of the later source; {wording} in wording only"
            )?,
        }
        let mut pairs: Vec<_> = self.conflicts.iter().map(sides).collect();
        let mut seen = HashSet::new();
        pairs.retain(|pair| seen.insert(*pair));
        for (earlier, later) in pairs {
            writeln!(f, "  {} -> {}", one_line(earlier), one_line(later))?;
            for conflict in self
                .conflicts
                .iter()
                .filter(|conflict| sides(conflict) == (earlier, later))
            {
                writeln!(f, "    {}", one_line(&conflict.pointer))?;
                for pointer in &conflict.within {
                    writeln!(f, "      {}", one_line(pointer))?;
                }
            }
        }
        Ok(())
    }

    fn overlays(&self, f: &mut Formatter) -> fmt::Result {
        if self.overlays.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nOverlays")?;
        for Applied {
            file,
            title,
            changed,
        } in &self.overlays
        {
            let nodes = counted(changed.iter().sum(), "node");
            let actions = counted(changed.len(), "action");
            writeln!(f, "  {file}: {} ({actions}, {nodes})", one_line(title))?;
        }
        Ok(())
    }

    fn lossy(&self, f: &mut Formatter) -> fmt::Result {
        if self.lossy.is_empty() {
            return writeln!(f, "\nLossy: nothing");
        }
        writeln!(
            f,
            "\nLossy: preserved as extensions, because OpenAPI 3.0.3 cannot express it"
        )?;
        for (message, places) in &self.lossy {
            writeln!(f, "  {}", one_line(message))?;
            for place in places {
                writeln!(f, "    {}", one_line(place))?;
            }
        }
        Ok(())
    }

    fn time(&self, f: &mut Formatter) -> fmt::Result {
        let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
        let total = self.steps.iter().map(|(_, time)| *time).sum();
        let steps = self
            .steps
            .iter()
            .map(|(stage, time)| format!("{stage} {}", seconds(*time)));
        let steps: Vec<String> = steps.collect();
        writeln!(f, "\nTime: {} ({})", seconds(total), steps.join(", "))
    }
}

fn sides(conflict: &Difference) -> (&str, &str) {
    (&conflict.earlier, &conflict.later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_reads_well() {
        let conflict = |pointer: &str, within: &[&str]| Difference {
            pointer: pointer.to_owned(),
            earlier: "page/a".to_owned(),
            later: "npm".to_owned(),
            within: within.iter().map(|&pointer| pointer.to_owned()).collect(),
        };
        let source = |name: &str, documents, contribution| SourceSummary {
            name: name.to_owned(),
            versions: vec!["3.1.0".to_owned()],
            documents,
            contribution,
        };
        let page = Contribution {
            operations: 2,
            schemas: 10,
            operations_taken: 0,
            schemas_taken: 1,
        };
        let npm = Contribution {
            operations: 377,
            schemas: 1078,
            operations_taken: 377,
            schemas_taken: 1078,
        };
        let summary = Summary {
            sources: vec![source("page", 2, page), source("npm", 1, npm)],
            operations: 377,
            schemas: 1079,
            conflicts: vec![
                conflict("#/components/schemas/A", &["/enum", "/properties/b/type"]),
                conflict("#/components/schemas/B", &["/required"]),
            ],
            wording_changes: 1,
            overlays: vec![Applied {
                file: "10-a.yaml".to_owned(),
                title: "Counts are integers".to_owned(),
                changed: vec![1, 2],
            }],
            lossy: BTreeMap::from([("`not` of names".to_owned(), vec!["npm#/a".to_owned()])]),
            client: Client {
                operations: 377,
                types: 1500,
                lines: 90_000,
            },
            steps: vec![
                ("read", Duration::from_millis(1234)),
                ("merge", Duration::from_millis(10)),
            ],
        };
        assert_eq!(
            summary.to_string(),
            "\
Sources   OpenAPI  documents  operations taken  schemas taken
  page    3.1.0            2            0 of 2        1 of 10
  npm     3.1.0            1        377 of 377   1078 of 1078
  merged  3.0.3            1               377           1079

Conflicts: 2, resolved in favor of the later source; 1 difference in wording only
  page/a -> npm
    #/components/schemas/A
      /enum
      /properties/b/type
    #/components/schemas/B
      /required

Overlays
  10-a.yaml: Counts are integers (2 actions, 3 nodes)

Lossy: preserved as extensions, because OpenAPI 3.0.3 cannot express it
  `not` of names
    npm#/a

Client: 377 operations, 1500 types, 90000 lines

Time: 1.24 s (read 1.23 s, merge 0.01 s)
"
        );
        assert!(Summary::default().to_string().contains("Conflicts: none"));
    }
}
