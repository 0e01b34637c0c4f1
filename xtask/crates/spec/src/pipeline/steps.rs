//! The steps of the pipeline, which also collect the summary.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, anyhow};
use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::parts::File;
use serde_json::Value;

use super::inputs::Input;
use super::summary::{Client, SourceSummary, Summary};
use crate::merge::{Contribution, Merged, Source, merge};
use crate::normalize::normalize;
use crate::terminal::one_line;
use crate::{overlay, read, yaml};

/// Runs the steps and collects the summary.
#[derive(Default)]
pub(super) struct Steps {
    summary: Summary,
}

impl Steps {
    /// Reads the documents, normalizes them and merges them.
    pub(super) fn merge(&mut self, inputs: &[Input]) -> Result<Value> {
        let documents = self.timed("read", |_| {
            inputs
                .iter()
                .map(|input| read::read(&input.path))
                .collect::<Result<Vec<_>>>()
        })?;
        for (input, document) in inputs.iter().zip(&documents) {
            self.note_document(input, document);
        }
        let sources = self.timed("normalize", |summary| {
            let documents = inputs.iter().zip(documents);
            documents
                .map(|(input, document)| normalized(input, document, summary))
                .collect::<Result<Vec<_>>>()
        })?;
        let merged = self
            .timed("merge", |_| merge(sources))
            .map_err(|diagnostics| error("the merged document", diagnostics))?;
        self.note_merge(inputs, &merged);
        Ok(merged.document)
    }

    /// Applies the overlays of a folder.
    pub(super) fn overlay(&mut self, folder: &Path, document: &mut Value) -> Result<()> {
        self.summary.overlays = self.timed("overlay", |_| overlay::apply(folder, document))?;
        Ok(())
    }

    /// Returns the text of the document below the comment `header`.
    pub(super) fn write(&mut self, header: &str, document: &Value) -> Result<String> {
        let text = self.timed("write", |_| yaml::to_string(document))?;
        Ok(format!("{header}{text}"))
    }

    /// Returns the files of the client, as the build script generates them.
    pub(super) fn generate(&mut self, document: &Value) -> Result<Vec<File>> {
        let client = self
            .timed("generate", |_| gitbook_api_codegen::generate(document))
            .map_err(|found| error("the merged document", found.into_iter().collect()))?;
        let files = client.files();
        self.summary.client = Client {
            operations: client.operations,
            types: client.types,
            lines: files.iter().map(|file| file.source.lines().count()).sum(),
        };
        Ok(files)
    }

    /// Returns the summary.
    pub(super) fn summary(self) -> Summary {
        self.summary
    }

    fn timed<T>(&mut self, stage: &'static str, run: impl FnOnce(&mut Summary) -> T) -> T {
        let start = Instant::now();
        let result = run(&mut self.summary);
        self.summary.steps.push((stage, start.elapsed()));
        result
    }

    fn note_document(&mut self, input: &Input, document: &Value) {
        let version = document["openapi"].as_str().unwrap_or_default().to_owned();
        let source = self.source(&input.source);
        source.documents += 1;
        if !source.versions.contains(&version) {
            source.versions.push(version);
        }
    }

    fn note_merge(&mut self, inputs: &[Input], merged: &Merged) {
        for (input, contribution) in inputs.iter().zip(&merged.contributions) {
            let source = self.source(&input.source);
            source.contribution = source.contribution + *contribution;
        }
        let sum = self
            .summary
            .sources
            .iter()
            .fold(Contribution::default(), |sum, source| {
                sum + source.contribution
            });
        self.summary.operations = sum.operations_taken;
        self.summary.schemas = sum.schemas_taken;
        self.summary.conflicts.clone_from(&merged.conflicts);
        self.summary.wording_changes = merged.wording_changes.len();
    }

    fn source(&mut self, name: &str) -> &mut SourceSummary {
        let sources = &mut self.summary.sources;
        let index = sources
            .iter()
            .position(|source| source.name == name)
            .unwrap_or_else(|| {
                sources.push(SourceSummary {
                    name: name.to_owned(),
                    ..SourceSummary::default()
                });
                sources.len() - 1
            });
        &mut sources[index]
    }
}

fn normalized(input: &Input, document: Value, summary: &mut Summary) -> Result<Source> {
    let normalized = normalize(document)
        .map_err(|diagnostics| error(&input.path.display().to_string(), diagnostics))?;
    for loss in normalized.lossy {
        let place = format!("{}{}", input.name, loss.pointer);
        summary.lossy.entry(loss.message).or_default().push(place);
    }
    Ok(Source {
        name: input.name.clone(),
        document: normalized.document,
    })
}

/// The maximum number of diagnostics of one kind in an error.
const MAX_OF_KIND: usize = 3;

/// Returns the diagnostics of a document as one error: the first ones of each kind, with the number of
/// the others.
fn error(document: &str, diagnostics: Vec<Diagnostic>) -> anyhow::Error {
    if let [diagnostic] = diagnostics.as_slice() {
        return anyhow!("{document}: {}", one_line(&diagnostic.to_string()));
    }
    let mut kinds: Vec<(String, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in &diagnostics {
        let kind = without_names(&diagnostic.message);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, list)) => list.push(diagnostic),
            None => kinds.push((kind, vec![diagnostic])),
        }
    }
    let mut message = format!("{document} has {} problems", diagnostics.len());
    for (_, list) in kinds {
        for diagnostic in list.iter().take(MAX_OF_KIND) {
            message.push_str(&format!("\n  {}", one_line(&diagnostic.to_string())));
        }
        if list.len() > MAX_OF_KIND {
            message.push_str(&format!(
                "\n    and {} more of this kind",
                list.len() - MAX_OF_KIND
            ));
        }
    }
    anyhow!(message)
}

/// Returns a message without what it quotes, so that messages about other names are equal.
fn without_names(message: &str) -> String {
    message.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_problems_of_each_kind_are_in_the_error() {
        let dangling = |index: usize| {
            Diagnostic::new(
                format!("/paths/{index}/$ref"),
                format!("nothing is defined at `#/{index}`"),
            )
        };
        let mut diagnostics: Vec<Diagnostic> = (0..50).map(dangling).collect();
        let shape = Diagnostic::new("/info", "expected an object, found null").help("write one");
        diagnostics.push(shape);
        let error = error("a.yaml", diagnostics).to_string();
        let lines: Vec<&str> = error.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "a.yaml has 51 problems",
                "#/paths/0/$ref: nothing is defined at `#/0`",
                "#/paths/1/$ref: nothing is defined at `#/1`",
                "#/paths/2/$ref: nothing is defined at `#/2`",
                "and 47 more of this kind",
                "#/info: expected an object, found null (write one)",
            ]
        );
    }
}
