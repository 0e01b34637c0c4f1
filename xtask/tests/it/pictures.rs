//! The pictures under `docs/images` are what their scripts draw from the data in the repository.

use std::path::Path;
use std::process::Command;

/// Runs a script of `docs/images` with `--check`. Does nothing if there is no Python.
fn check(script: &str) {
    let images = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images");
    let python = |arguments: &[&str]| {
        let mut command = Command::new("python3");
        command.current_dir(&images).args(arguments).output()
    };
    // A program of this name may exist without Python, and only fail.
    if !python(&["--version"]).is_ok_and(|output| output.status.success()) {
        eprintln!("not checked: there is no python3");
        return;
    }
    // `-B` leaves no `__pycache__` behind.
    let output = python(&["-B", script, "--check"]).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_pipeline_is_drawn_by_its_script() {
    check("pipeline.py");
}

#[test]
fn the_charts_have_the_figures_of_the_tables() {
    check("performance.py");
}
