//! Times and dates that keep the text that they came as.

use std::cmp::Ordering;
use std::fmt;
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
#[derive(Clone)]
pub struct Temporal<T>(Repr<T>);

#[derive(Clone)]
enum Repr<T> {
    /// Empty text. Decoding a struct begins with it, so that it takes no memory of its own.
    Empty,
    /// A value whose text is the one that it is written as.
    Value(T),
    /// Any other text, with its value if it has one.
    Text(Box<(Option<T>, Box<str>)>),
}

/// What a [`Temporal`] holds.
pub trait Moment: Copy + Ord {
    /// What an error calls it.
    const EXPECTED: &'static str;

    /// Returns the value of a text.
    fn parse(text: &str) -> Result<Self, jiff::Error>;

    /// Returns the text of a value.
    fn format(self) -> String;

    /// Returns whether `text`, which has a value, is the one that [`format`](Self::format) returns.
    fn is_canonical(text: &str) -> bool;
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

    fn is_canonical(text: &str) -> bool {
        let is_digit_or = |(byte, form): (u8, u8)| match form {
            b'0' => byte.is_ascii_digit(),
            sign => byte == sign,
        };
        let form = b"0000-00-00T00:00:00.000Z";
        // A leap second is read as the second before it.
        text.len() == form.len()
            && text.bytes().zip(*form).all(is_digit_or)
            && text.as_bytes().get(17..19) != Some(b"60")
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

    fn is_canonical(text: &str) -> bool {
        text.len() == "0000-00-00".len()
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
        match &self.0 {
            Repr::Empty => None,
            Repr::Value(value) => Some(*value),
            Repr::Text(text) => text.0,
        }
    }

    fn from_text(text: &str) -> Self {
        if text.is_empty() {
            return Self(Repr::Empty);
        }
        let value = T::parse(text).ok();
        match value {
            Some(value) if T::is_canonical(text) => Self(Repr::Value(value)),
            value => Self(Repr::Text(Box::new((value, text.into())))),
        }
    }
}

impl From<Timestamp> for DateTime {
    fn from(value: Timestamp) -> Self {
        Self(Repr::Value(value))
    }
}

impl From<ZonedDateTime> for DateTime {
    fn from(value: ZonedDateTime) -> Self {
        value.timestamp().into()
    }
}

impl From<CivilDate> for Date {
    fn from(value: CivilDate) -> Self {
        Self(Repr::Value(value))
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

impl<T: Moment> fmt::Display for Temporal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Empty => Ok(()),
            Repr::Value(value) => f.write_str(&value.format()),
            Repr::Text(text) => f.write_str(&text.1),
        }
    }
}

impl<T: Moment> fmt::Debug for Temporal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

/// Empty text, which is no valid time or date.
impl<T: Moment> Default for Temporal<T> {
    fn default() -> Self {
        Self(Repr::Empty)
    }
}

/// Two valid ones are equal if they are the same time or date, others if their text is the same.
impl<T: Moment> PartialEq for Temporal<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Empty, Repr::Empty) => true,
            (Repr::Text(one), Repr::Text(two)) if one.0.is_none() => one.1 == two.1,
            _ => self.value().is_some() && self.value() == other.value(),
        }
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
        match &self.0 {
            Repr::Empty => out.string(""),
            Repr::Value(value) => out.string_owned(value.format()),
            Repr::Text(text) => out.string(&text.1),
        }
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
