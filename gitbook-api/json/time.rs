//! Times and dates that keep the text that they were received as.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::civil::{self, Date as CivilDate};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use super::{Context, Error, JsonCodec, Sink, ValueRef, deserialize, serialize};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// A point in time (`format: date-time`).
///
/// Text that is not a valid time, such as one beyond the year 9999 or an empty one, is kept as it was
/// received: [`timestamp`](Self::timestamp) then returns `None`. A value that was decoded is encoded as
/// the same text, byte for byte.
///
/// Two times are equal if they are the same point in time, whatever their text. Text that is not a valid
/// time is equal to the same text only, and less than all times. The text is parsed for each comparison.
///
/// ```
/// use gitbook_api::DateTime;
/// use jiff::Timestamp;
///
/// let published: DateTime = "2026-11-23T12:00:00+02:00".parse()?;
/// let noon: Timestamp = "2026-11-23T10:00:00Z".parse()?;
/// assert_eq!(published.timestamp(), Some(noon));
/// assert_eq!(published, DateTime::from(noon));
/// assert!(published <= noon);
/// assert_eq!(published.to_string(), "2026-11-23T12:00:00+02:00");
/// assert_eq!(DateTime::from(noon).to_string(), "2026-11-23T10:00:00.000Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone)]
pub struct DateTime(Text);

/// A day of the calendar (`format: date`).
///
/// Text that is not a valid date is kept as it was received: [`date`](Self::date) then returns `None`. A
/// value that was decoded is encoded as the same text, byte for byte.
///
/// Two dates are equal if they are the same day. Text that is not a valid date is equal to the same text
/// only, and less than all dates. The text is parsed for each comparison.
///
/// ```
/// use gitbook_api::Date;
/// use jiff::civil::date;
///
/// let day = Date::from(date(2026, 11, 23));
/// assert_eq!(day.date(), Some(date(2026, 11, 23)));
/// assert_eq!(day.to_string(), "2026-11-23");
/// assert!(day > Date::from(date(2026, 11, 22)));
/// ```
#[derive(Clone)]
pub struct Date(Text);

/// The longest text that takes no memory of its own: that of a time with nanoseconds.
const INLINE: usize = 30;

#[derive(Clone)]
enum Text {
    Inline { length: u8, bytes: [u8; INLINE] },
    Heap(Box<str>),
}

impl Text {
    fn new(text: &str) -> Self {
        let mut bytes = [0; INLINE];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(inline), Ok(length)) => {
                inline.copy_from_slice(text.as_bytes());
                Self::Inline { length, bytes }
            }
            _ => Self::Heap(text.into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Inline { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).unwrap_or_default();
                std::str::from_utf8(text).unwrap_or_default()
            }
            Self::Heap(text) => text,
        }
    }
}

impl DateTime {
    /// Returns the point in time, or `None` if the text is not a valid one.
    pub fn timestamp(&self) -> Option<Timestamp> {
        Self::parse(self.0.as_str()).ok()
    }

    /// Without an offset, a time is taken as UTC.
    fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
        text.parse().or_else(|error| {
            let civil: civil::DateTime = text.parse().map_err(|_| error)?;
            Ok(civil.to_zoned_datetime(TimeZone::UTC)?.timestamp())
        })
    }
}

impl Date {
    /// Returns the day, or `None` if the text is not a valid one.
    pub fn date(&self) -> Option<CivilDate> {
        Self::parse(self.0.as_str()).ok()
    }

    fn parse(text: &str) -> Result<CivilDate, jiff::Error> {
        text.parse()
    }
}

impl From<Timestamp> for DateTime {
    /// Writes a time as GitBook does: in UTC, with milliseconds.
    fn from(value: Timestamp) -> Self {
        Self(Text::new(&match value.subsec_nanosecond() % 1_000_000 {
            0 => format!("{value:.3}"),
            _ => value.to_string(),
        }))
    }
}

impl From<ZonedDateTime> for DateTime {
    fn from(value: ZonedDateTime) -> Self {
        value.timestamp().into()
    }
}

impl From<CivilDate> for Date {
    fn from(value: CivilDate) -> Self {
        Self(Text::new(&value.to_string()))
    }
}

/// Implements what times and dates have in common: `$type` is the text of a `$value`, which `$get`
/// returns.
macro_rules! temporal {
    ($type:ident, $value:ident, $get:ident, $expected:literal) => {
        /// Parses valid text, which is kept and sent unchanged.
        impl FromStr for $type {
            type Err = jiff::Error;

            fn from_str(text: &str) -> Result<Self, jiff::Error> {
                Self::parse(text)?;
                Ok(Self(Text::new(text)))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.as_str())
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.0.as_str(), f)
            }
        }

        /// Empty text, which is not valid.
        impl Default for $type {
            fn default() -> Self {
                Self(Text::new(""))
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $type {}

        impl Ord for $type {
            fn cmp(&self, other: &Self) -> Ordering {
                let (one, other_text) = (self.0.as_str(), other.0.as_str());
                if one == other_text {
                    return Ordering::Equal;
                }
                match (self.$get(), other.$get()) {
                    (None, None) => one.cmp(other_text),
                    (one, other) => one.cmp(&other),
                }
            }
        }

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Hash for $type {
            fn hash<H: Hasher>(&self, state: &mut H) {
                match self.$get() {
                    Some(value) => value.hash(state),
                    None => self.0.as_str().hash(state),
                }
            }
        }

        impl PartialEq<$value> for $type {
            fn eq(&self, other: &$value) -> bool {
                self.$get() == Some(*other)
            }
        }

        impl PartialOrd<$value> for $type {
            fn partial_cmp(&self, other: &$value) -> Option<Ordering> {
                Some(self.$get()?.cmp(other))
            }
        }

        impl JsonCodec for $type {
            fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
                Ok(Self(Text::new(input.text($expected)?)))
            }

            fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
                out.string(self.0.as_str());
            }

            #[inline]
            fn encode_entry<'a>(&'a self, key: &'static str, out: &mut dyn Sink<'a>) {
                out.string_entry(key, self.0.as_str());
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                deserialize(input)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                serialize(self, output)
            }
        }
    };
}

temporal!(DateTime, Timestamp, timestamp, "a date and time");
temporal!(Date, CivilDate, date, "a date");
