//! Progress of a fetch, on stderr.

use indicatif::{ProgressBar, ProgressStyle};

use crate::terminal;

/// A progress bar on a terminal, plain lines elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts with `count` expected files.
    pub(super) fn start(count: usize) -> Self {
        let bar = ProgressBar::new(count as u64);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
        Self {
            bar: bar.with_style(style.expect("the template is valid")),
        }
    }

    /// Adds `count` expected files.
    pub(super) fn expect(&self, count: usize) {
        self.bar.inc_length(count as u64);
    }

    /// Reports that a file was fetched.
    pub(super) fn arrived(&self, location: &str) {
        self.bar.inc(1);
        let location = terminal::one_line(location);
        if self.bar.is_hidden() {
            eprintln!("fetched {location}");
        }
        self.bar.set_message(location);
    }

    /// Prints a message.
    pub(super) fn note(&self, text: &str) {
        let text = terminal::printable(text);
        if self.bar.is_hidden() {
            eprintln!("{text}")
        } else {
            self.bar.println(text)
        }
    }

    /// Removes the progress bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
