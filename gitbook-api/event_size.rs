//! The size of an event while it is being received.

/// Counts the bytes of an event stream since the last event.
///
/// Comments, which keep a connection alive, are not part of an event, and the parser does not keep
/// them.
#[derive(Debug)]
pub(crate) struct EventSize {
    size: usize,
    is_line_start: bool,
    is_comment: bool,
    /// Set if a line feed would belong to the end of the line before it.
    is_after_return: bool,
}

impl EventSize {
    pub(crate) fn new() -> Self {
        Self {
            size: 0,
            is_line_start: true,
            is_comment: false,
            is_after_return: false,
        }
    }

    /// Adds received bytes. Returns the greatest size that an event has by now.
    pub(crate) fn add(&mut self, chunk: &[u8]) -> usize {
        let mut greatest = self.size;
        for part in chunk.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            let is_second_half = self.is_after_return && part == b"\n";
            let ends_line = part.ends_with(b"\n") || part.ends_with(b"\r");
            self.is_after_return = part.ends_with(b"\r");
            if is_second_half {
                continue;
            }
            let length = part.len() - usize::from(ends_line);
            if self.is_line_start {
                self.is_comment = part.starts_with(b":");
                if length == 0 {
                    // An empty line ends the event.
                    self.size = 0;
                }
            }
            if !self.is_comment {
                self.size += length;
                greatest = greatest.max(self.size);
            }
            self.is_line_start = ends_line;
        }
        greatest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greatest(text: &str, cut: usize) -> usize {
        let mut size = EventSize::new();
        let chunks = text.as_bytes().chunks(cut);
        chunks.map(|chunk| size.add(chunk)).max().unwrap_or(0)
    }

    #[test]
    fn events_are_counted_however_they_are_cut() {
        for (text, expected) in [
            ("data: 12\n\n", 8),
            ("data: 12\r\n\r\ndata: 3\r\n\r\n", 8),
            ("data: 12\r\rdata: 3\r\r", 8),
            ("event: a\ndata: 12\n\n", 16),
            ("data: 1\n\ndata: 2\n\ndata: 3\n\n", 7),
            ("data: 1\n: comment\ndata: 2\n\n", 14),
            ("data: a:b\n\n", 9),
            (": ping\n\n", 0),
            (": ping\r\n\r\n: pong\n", 0),
            ("data: 12", 8),
        ] {
            for cut in [1, 2, 3, 7, 100] {
                assert_eq!(greatest(text, cut), expected, "{text:?} by {cut}");
            }
        }
        assert_eq!(greatest(&": ping\n\n".repeat(10_000), 9), 0);
        assert_eq!(greatest(&": ping\n".repeat(10_000), 9), 0);
        assert_eq!(greatest(&format!(":{}", "a".repeat(100_000)), 1000), 0);
        assert_eq!(greatest(&"data: 1\n".repeat(10), 9), 70);
    }
}
