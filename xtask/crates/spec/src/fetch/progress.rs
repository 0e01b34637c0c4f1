//! What a fetch says while it runs, on stderr.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal, plain lines elsewhere.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// `count` files are to come.
    pub fn start(count: usize) -> Self {
        let bar = ProgressBar::new(count as u64);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
        Self {
            bar: bar.with_style(style.expect("the template is valid")),
        }
    }

    /// `count` more files are to come.
    pub fn expect(&self, count: usize) {
        self.bar.inc_length(count as u64);
    }

    /// One file is there.
    pub fn arrived(&self, location: &str) {
        self.bar.inc(1);
        self.bar.set_message(location.to_owned());
        if self.bar.is_hidden() {
            eprintln!("fetched {location}");
        }
    }

    /// Something to know meanwhile.
    pub fn note(&self, text: &str) {
        match self.bar.is_hidden() {
            true => eprintln!("{text}"),
            false => self.bar.println(text),
        }
    }

    /// All is done: the bar goes away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
