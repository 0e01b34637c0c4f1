//! Notices when the cursors of a list repeat, in constant memory.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
};

/// The number of last cursors that are compared. A shorter loop is noticed at its first repetition.
const RECENT: usize = 64;

/// The cursors that a list has had, as hashes.
///
/// Loops that are longer than the recent cursors are found by Brent's algorithm: one cursor is kept
/// until the list has become twice as long, and then replaced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cursors {
    recent: VecDeque<u64>,
    kept: u64,
    /// The number of cursors so far, and the number after which another one is kept.
    count: u64,
    next_kept: u64,
}

impl Cursors {
    /// Adds a cursor. Returns whether it is known to be new.
    pub(crate) fn insert(&mut self, cursor: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        cursor.hash(&mut hasher);
        let hash = hasher.finish();
        let is_kept = self.count > 0 && hash == self.kept;
        if is_kept || self.recent.contains(&hash) {
            return false;
        }
        if self.count == self.next_kept {
            self.kept = hash;
            self.next_kept = self.count * 2 + 1;
        }
        self.count += 1;
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(hash);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how many cursors are inserted before one is noticed, of a list that has `before` and
    /// then repeats `length` of them.
    fn noticed(before: usize, length: usize) -> usize {
        let mut cursors = Cursors::default();
        (0..)
            .take_while(|&index| {
                let number = if index < before {
                    index
                } else {
                    before + (index - before) % length
                };
                cursors.insert(&number.to_string())
            })
            .count()
    }

    #[test]
    fn loops_are_noticed() {
        for before in [0, 1, 2, 3, 100, 5_000] {
            for length in [1, 2, 3, 63, 64] {
                assert_eq!(
                    noticed(before, length),
                    before + length,
                    "{before} {length}"
                );
            }
            for length in [65, 100, 1_000, 4_096] {
                let count = noticed(before, length);
                assert!(count >= before + length, "{before} {length}: {count}");
                assert!(
                    count <= 3 * (before + length) + 1,
                    "{before} {length}: {count}"
                );
            }
        }
    }

    #[test]
    fn endless_lists_take_constant_memory() {
        let mut cursors = Cursors::default();
        for number in 0..100_000 {
            assert!(cursors.insert(&number.to_string()));
        }
        assert!(cursors.recent.len() <= RECENT && cursors.recent.capacity() <= 2 * RECENT);
    }
}
