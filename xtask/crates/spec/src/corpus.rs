//! Runs the pipeline on many documents and reports which of them are accepted.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{read, terminal};

/// The interval at which the memory of a process is read.
const POLL: Duration = Duration::from_millis(2);

/// The maximum length of a diagnostic in the table, in characters.
const WIDTH: usize = 160;

/// What became of one document.
#[derive(Debug)]
pub struct Outcome {
    /// The path of the document below the folder.
    name: String,
    bytes: u64,
    version: String,
    operations: usize,
    /// The diagnostic, if the document was refused.
    refused: Option<String>,
    time: Duration,
    /// The peak memory in bytes, where the system reports it.
    memory: Option<u64>,
    /// The first error of the compiler or `None` if the client compiles, if it was compiled.
    compiled: Option<Option<String>>,
}

/// Returns the JSON and YAML files in `folder` and its subfolders, ordered by path.
///
/// # Errors
///
/// Fails if a folder cannot be read.
pub fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let context = || format!("cannot list {}", folder.display());
    for entry in fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(documents(&path)?);
        } else if matches!(extension, Some("json" | "yaml" | "yml")) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Runs `xtask codegen` on a document of `folder`, and, if `compile` is set and the document is
/// accepted, compiles the client of the workspace at `root` for it.
///
/// # Errors
///
/// Fails if a program cannot be run.
pub fn measure(
    xtask: &Path,
    root: &Path,
    folder: &Path,
    document: &Path,
    compile: bool,
) -> Result<Outcome> {
    let out = tempfile::tempdir()?;
    let mut codegen = Command::new(xtask);
    codegen.args(["codegen", "--input"]).arg(document);
    codegen.arg("--out").arg(out.path());
    let run = run(&mut codegen)?;
    let made = out.path().join("openapi.yaml");
    let compiled = match compile && run.success {
        true => Some(check(root, &made)?),
        false => None,
    };
    let input = read::read(document).unwrap_or_default();
    let name = document.strip_prefix(folder).unwrap_or(document);
    Ok(Outcome {
        name: name.to_string_lossy().replace('\\', "/"),
        bytes: fs::metadata(document)?.len(),
        version: input["openapi"].as_str().unwrap_or_default().to_owned(),
        operations: operations(&input),
        refused: (!run.success).then(|| diagnostic(&run.errors, document)),
        time: run.time,
        memory: run.memory,
        compiled,
    })
}

fn operations(document: &Value) -> usize {
    let items = document["paths"].as_object().into_iter().flatten();
    items
        .map(|(_, item)| {
            let methods = gitbook_api_codegen::operation::METHODS.iter();
            methods.filter(|method| item.get(method).is_some()).count()
        })
        .sum()
}

/// Compiles the client for another document. Returns the first error.
fn check(root: &Path, document: &Path) -> Result<Option<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut check = Command::new(cargo);
    check.current_dir(root).env("GITBOOK_API_SPEC", document);
    check.args(["check", "--quiet", "--package=gitbook-api"]);
    let run = run(&mut check)?;
    Ok((!run.success).then(|| diagnostic(&run.errors, document)))
}

/// Returns the first two lines of an error, without the path of the document.
fn diagnostic(errors: &str, document: &Path) -> String {
    let errors = errors.replace(&document.display().to_string(), "");
    let mut lines = errors.lines().skip_while(|line| !line.starts_with("error"));
    let first = lines.next().unwrap_or("no message");
    let first = first.trim_start_matches("error: ").trim_start_matches(": ");
    let diagnostic = match first.ends_with(" problems") {
        true => lines.next().unwrap_or_default().trim(),
        false => "",
    };
    let text = format!("{} {diagnostic}", first.trim());
    text.trim().chars().take(WIDTH).collect()
}

struct Run {
    success: bool,
    errors: String,
    time: Duration,
    memory: Option<u64>,
}

fn run(command: &mut Command) -> Result<Run> {
    let errors = tempfile::NamedTempFile::new()?;
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(errors.reopen()?);
    let start = Instant::now();
    let mut process = command.spawn().context("cannot run a program")?;
    let mut memory = None;
    let status = loop {
        memory = memory.max(peak_memory(process.id()));
        if let Some(status) = process.try_wait()? {
            break status;
        }
        thread::sleep(POLL);
    };
    Ok(Run {
        success: status.success(),
        time: start.elapsed(),
        errors: String::from_utf8_lossy(&fs::read(errors.path())?).into_owned(),
        memory,
    })
}

/// Returns the peak memory of a running process in bytes. Only Linux reports it.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// The head of the table.
pub const HEAD: &str = "\
| document | size | OpenAPI | operations | result | time | memory | compiles |
|---|--:|---|--:|---|--:|--:|---|";

impl Display for Outcome {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let refused = self
            .refused
            .as_ref()
            .map(|message| format!("refused: {}", code(message)));
        let compiled = match &self.compiled {
            None => String::new(),
            Some(None) => "yes".to_owned(),
            Some(Some(error)) => format!("no: {}", code(error)),
        };
        let memory = self.memory.map(|bytes| format!("{} MB", bytes / 1_000_000));
        write!(
            f,
            "| {} | {} kB | {} | {} | {} | {:.2} s | {} | {compiled} |",
            code(&self.name),
            self.bytes.div_ceil(1000),
            terminal::one_line(&self.version).replace('|', " "),
            self.operations,
            refused.as_deref().unwrap_or("accepted"),
            self.time.as_secs_f64(),
            memory.unwrap_or_default(),
        )
    }
}

/// Returns a line on the numbers of accepted, refused and compiled documents.
pub fn totals(outcomes: &[Outcome]) -> String {
    let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
    format!(
        "{} documents: {} accepted, {} refused; {} compiled, {} of them with errors",
        outcomes.len(),
        count(|outcome| outcome.refused.is_none()),
        count(|outcome| outcome.refused.is_some()),
        count(|outcome| outcome.compiled.is_some()),
        count(|outcome| matches!(outcome.compiled, Some(Some(_)))),
    )
}

/// Returns text as a code span in a cell.
fn code(text: &str) -> String {
    let text = terminal::one_line(text)
        .replace('`', "'")
        .replace('|', "\\|");
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_in_subfolders() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.json", "b/a.yaml", "a.txt", "a.yml"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = ["a.yml", "b/a.yaml", "c.json"].map(|name| folder.path().join(name));
        assert_eq!(documents(folder.path()).unwrap(), names);
    }

    #[test]
    fn diagnostics_are_the_first_problem() {
        let path = Path::new("/x/a.yaml");
        for (errors, expected) in [
            ("error: /x/a.yaml: #/a: wrong\n", "#/a: wrong"),
            (
                "warning: w\nerror: /x/a.yaml has 2 problems\n  #/a: b\n  #/c: d\n",
                "has 2 problems #/a: b",
            ),
            (
                "error[E0412]: cannot find type\n  --> a.rs\n",
                "error[E0412]: cannot find type",
            ),
            ("thread panicked", "no message"),
        ] {
            assert_eq!(diagnostic(errors, path), expected);
        }
    }

    #[test]
    fn the_table_has_one_row_per_document_whatever_is_in_it() {
        let outcome = Outcome {
            name: "a|b`c\n.json".to_owned(),
            bytes: 1500,
            version: "3.1.0".to_owned(),
            operations: 2,
            refused: Some("#/a: \u{1b}[31m | bad".to_owned()),
            time: Duration::from_millis(1234),
            memory: Some(5_600_000),
            compiled: None,
        };
        assert_eq!(
            outcome.to_string(),
            r"| `a\|b'c\n.json` | 2 kB | 3.1.0 | 2 | refused: `#/a: \u{1b}[31m \| bad` | 1.23 s | 5 MB |  |"
        );
        assert_eq!(
            totals(&[outcome]),
            "1 documents: 0 accepted, 1 refused; 0 compiled, 0 of them with errors"
        );
    }
}
