//! Matching: all ways through the pattern are followed at once, so that the time is at most the length
//! of the text times that of the pattern, for each assertion inside of it.

/// A pattern as instructions. Jumps are relative, so that a part of a program can be repeated.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<Set>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// Passes a character of the set with this index.
    Pass(usize),
    /// Continues this many steps further on.
    Jump(isize),
    /// Continues at the next step and this many steps further on.
    Fork(isize),
    /// Continues at the start of the text.
    Start,
    /// Continues at the end of the text.
    End,
    /// Continues where a word starts or ends, or if it is negated, anywhere else.
    Boundary { is_negated: bool },
    /// Continues after as many steps if these match what follows, or if it is negated, if they do not.
    Ahead { is_negated: bool, length: usize },
    /// Ends the pattern, or the steps of an assertion.
    Match,
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    pub(super) ranges: Vec<(char, char)>,
    pub(super) is_negated: bool,
}

impl Set {
    fn has(&self, c: char) -> bool {
        let in_range = |(first, last): &(char, char)| *first <= c && c <= *last;
        self.ranges.iter().any(in_range) != self.is_negated
    }
}

/// The steps that are next.
struct Threads {
    steps: Vec<usize>,
    is_next: Vec<bool>,
}

impl Threads {
    fn new(program: &Program) -> Self {
        Self {
            steps: Vec::new(),
            is_next: vec![false; program.steps.len()],
        }
    }

    /// Returns whether the step was not yet one of them.
    fn add(&mut self, step: usize) -> bool {
        let is_new = self
            .is_next
            .get_mut(step)
            .is_some_and(|is_next| !std::mem::replace(is_next, true));
        if is_new {
            self.steps.push(step);
        }
        is_new
    }

    fn clear(&mut self) {
        for step in self.steps.drain(..) {
            if let Some(is_next) = self.is_next.get_mut(step) {
                *is_next = false;
            }
        }
    }
}

impl Program {
    /// Returns whether the pattern matches anywhere in `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let is_anchored = self.steps.first() == Some(&Step::Start);
        self.run(0, text, 0, !is_anchored)
    }

    /// Returns whether the steps from `first` on match the text at `from`, or anywhere after it.
    fn run(&self, first: usize, text: &str, from: usize, anywhere: bool) -> bool {
        let (mut now, mut next) = (Threads::new(self), Threads::new(self));
        let mut at = from;
        let mut characters = text.get(from..).unwrap_or_default().chars();
        loop {
            if (anywhere || at == from) && self.follow(first, text, at, &mut now) {
                return true;
            }
            if now.steps.is_empty() && !anywhere {
                return false;
            }
            let Some(c) = characters.next() else {
                return false;
            };
            at += c.len_utf8();
            for step in &now.steps {
                if let Some(Step::Pass(set)) = self.steps.get(*step)
                    && self.sets.get(*set).is_some_and(|set| set.has(c))
                    && self.follow(step + 1, text, at, &mut next)
                {
                    return true;
                }
            }
            std::mem::swap(&mut now, &mut next);
            next.clear();
        }
    }

    /// Adds a step and those that it continues at. Returns whether the end is one of them.
    fn follow(&self, step: usize, text: &str, at: usize, threads: &mut Threads) -> bool {
        let mut waiting = vec![step];
        while let Some(step) = waiting.pop() {
            if !threads.add(step) {
                continue;
            }
            let to = |steps: isize| step.wrapping_add_signed(steps);
            match self.steps.get(step) {
                Some(Step::Match) => return true,
                Some(Step::Pass(_)) | None => {}
                Some(Step::Jump(steps)) => waiting.push(to(*steps)),
                Some(Step::Fork(steps)) => waiting.extend([to(*steps), step + 1]),
                Some(Step::Start) if at == 0 => waiting.push(step + 1),
                Some(Step::End) if at == text.len() => waiting.push(step + 1),
                Some(Step::Boundary { is_negated }) if is_boundary(text, at) != *is_negated => {
                    waiting.push(step + 1);
                }
                Some(Step::Ahead { is_negated, length })
                    if self.run(step + 1, text, at, false) != *is_negated =>
                {
                    waiting.push(step + 1 + length);
                }
                Some(_) => {}
            }
        }
        false
    }
}

fn is_boundary(text: &str, at: usize) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    before.chars().next_back().is_some_and(is_word) != after.chars().next().is_some_and(is_word)
}
