//! Times and dates that keep the text that they came as.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::civil::{self, Date as CivilDate};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use super::{Context, Error, JsonCodec, Sink, ValueRef, deserialize, serialize};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// A point in time (`format: date-time`).
///
/// Text that is not a valid time, such as one beyond the year 9999 or an empty one, is kept as it
/// came: [`timestamp`](Self::timestamp) then returns `None`. A value that was decoded is encoded as
/// the same text, byte for byte.
///
/// ```
/// use gitbook_api::DateTime;
/// use jiff::Timestamp;
///
/// let published: DateTime = "2026-11-23T12:00:00+02:00".parse()?;
/// let noon: Timestamp = "2026-11-23T10:00:00Z".parse()?;
/// assert_eq!(published.timestamp(), Some(noon));
/// assert!(published <= noon);
/// assert_eq!(published.to_string(), "2026-11-23T12:00:00+02:00");
/// assert_eq!(DateTime::from(noon).to_string(), "2026-11-23T10:00:00.000Z");
/// # Ok::<(), jiff::Error>(())
/// ```
pub type DateTime = Temporal<Timestamp>;

/// A day of the calendar (`format: date`).
///
/// Text that is not a valid date is kept as it came: [`date`](Self::date) then returns `None`. A
/// value that was decoded is encoded as the same text, byte for byte.
///
/// ```
/// use gitbook_api::Date;
/// use jiff::civil::date;
///
/// let day = Date::from(date(2026, 11, 23));
/// assert_eq!(day.date(), Some(date(2026, 11, 23)));
/// assert_eq!(day.to_string(), "2026-11-23");
/// ```
pub type Date = Temporal<CivilDate>;

/// A [`DateTime`] or a [`Date`].
///
/// It is its text, which is parsed when the time or date is asked for.
#[derive(Clone)]
pub struct Temporal<T> {
    text: Text,
    moment: PhantomData<fn() -> T>,
}

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

/// What a [`Temporal`] holds.
pub trait Moment: Copy + Ord {
    /// What an error calls it.
    const EXPECTED: &'static str;

    /// Returns the value of a text.
    fn parse(text: &str) -> Result<Self, jiff::Error>;

    /// Returns the text of a value.
    fn format(self) -> String;
}

impl Moment for Timestamp {
    const EXPECTED: &'static str = "a date and time";

    /// Without an offset, a time is masked as UTC.
    fn parse(text: &str) -> Result<Self, jiff::Error> {
        text.parse().or_else(|error| {
            let civil: civil::DateTime = text.parse().map_err(|_| error)?;
            Ok(civil.to_zoned_datetime(TimeZone::UTC)?.timestamp())
        })
    }

    /// As GitBook writes times: in UTC, with milliseconds.
    fn format(self) -> String {
        match self.subsec_nanosecond() % 1_000_000 {
            0 => format!("{self:.3}"),
            _ => self.to_string(),
        }
    }
}

impl Moment for CivilDate {
    const EXPECTED: &'static str = "a date";

    fn parse(text: &str) -> Result<Self, jiff::Error> {
        text.parse()
    }

    fn format(self) -> String {
        self.to_string()
    }
}

impl DateTime {
    /// Returns the point in time, or `None` if the text is not a valid one.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.value()
    }
}

impl Date {
    /// Returns the day, or `None` if the text is not a valid one.
    pub fn date(&self) -> Option<CivilDate> {
        self.value()
    }
}

impl<T: Moment> Temporal<T> {
    fn value(&self) -> Option<T> {
        T::parse(self.text.as_str()).ok()
    }
}

impl<T> Temporal<T> {
    fn from_text(text: &str) -> Self {
        Self {
            text: Text::new(text),
            moment: PhantomData,
        }
    }
}

impl From<Timestamp> for DateTime {
    fn from(value: Timestamp) -> Self {
        Self::from_text(&value.format())
    }
}

impl From<ZonedDateTime> for DateTime {
    fn from(value: ZonedDateTime) -> Self {
        value.timestamp().into()
    }
}

impl From<CivilDate> for Date {
    fn from(value: CivilDate) -> Self {
        Self::from_text(&value.format())
    }
}

/// Parses a valid time or date. The text is kept and sent as it is.
impl<T: Moment> FromStr for Temporal<T> {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        T::parse(text)?;
        Ok(Self::from_text(text))
    }
}

impl<T> fmt::Display for Temporal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.as_str())
    }
}

impl<T> fmt::Debug for Temporal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text.as_str(), f)
    }
}

/// Empty text, which is no valid time or date.
impl<T> Default for Temporal<T> {
    fn default() -> Self {
        Self::from_text("")
    }
}

/// Two valid ones are equal if they are the same time or date, others if their text is the same.
impl<T: Moment> PartialEq for Temporal<T> {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.text.as_str() == other.text.as_str();
        is_same
            || self
                .value()
                .is_some_and(|value| other.value() == Some(value))
    }
}

impl<T: Moment> Eq for Temporal<T> {}

/// Only valid times and dates are ordered.
impl<T: Moment> PartialOrd for Temporal<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.value(), other.value()) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            _ => (self == other).then_some(Ordering::Equal),
        }
    }
}

impl<T: Moment> PartialEq<T> for Temporal<T> {
    fn eq(&self, other: &T) -> bool {
        self.value() == Some(*other)
    }
}

impl<T: Moment> PartialOrd<T> for Temporal<T> {
    fn partial_cmp(&self, other: &T) -> Option<Ordering> {
        Some(self.value()?.cmp(other))
    }
}

impl<T: Moment> JsonCodec for Temporal<T> {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        input.text(T::EXPECTED).map(Self::from_text)
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        out.string(self.text.as_str());
    }
}

impl<'de, T: Moment> Deserialize<'de> for Temporal<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        deserialize(input)
    }
}

impl<T: Moment> Serialize for Temporal<T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        serialize(self, output)
    }
}
