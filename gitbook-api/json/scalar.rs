//! Codecs of scalars, `Box`, `Option`, lists and plain JSON.

use std::iter;

use serde_json::{Number, Value};

use super::extra::Deviation;
use super::field::Field;
use super::number::is_whole;
use super::{Assertion, Context, Error, JsonCodec, Presence, Sink, ValueRef, Violations, check};

impl JsonCodec for String {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        input.text("a string").map(str::to_owned)
    }

    /// Does what the default does, without moving the text twice.
    fn decode_property(
        &mut self,
        _presence: Presence,
        input: ValueRef<'_>,
        _cx: &mut Context,
    ) -> Result<bool, Error> {
        let text = input.as_text();
        if text.is_none() && !input.is_null() {
            return Err(input.unexpected("a string"));
        }
        *self = text.unwrap_or_default().to_owned();
        Ok(text.is_some())
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        out.string(self);
    }

    #[inline]
    fn encode_entry<'a>(&'a self, key: &'static str, out: &mut dyn Sink<'a>) {
        out.string_entry(key, self);
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::string(self, assertions, found);
    }
}

impl JsonCodec for bool {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        input.as_bool().ok_or_else(|| input.unexpected("a boolean"))
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        out.bool(*self);
    }

    #[inline]
    fn encode_entry<'a>(&'a self, key: &'static str, out: &mut dyn Sink<'a>) {
        out.bool_entry(key, *self);
    }
}

impl JsonCodec for Value {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        Ok(input.to_value())
    }

    fn from_null() -> Option<Self> {
        Some(Self::Null)
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        match self {
            Value::Null => out.null(),
            Value::Bool(value) => out.bool(*value),
            Value::Number(number) => out.number(number),
            Value::String(text) => out.string(text),
            Value::Array(items) => encode_list(items, out),
            Value::Object(_) => encode_object(self, out),
        }
    }

    fn encode_entries<'a>(&'a self, out: &mut dyn Sink<'a>) {
        for (key, value) in self.as_object().into_iter().flatten() {
            out.key(key);
            value.encode(out);
        }
    }
}

/// Whole numbers, including those written as `3.0`.
impl JsonCodec for i64 {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        let whole = || input.as_f64().filter(|value| is_whole(*value));
        input
            .as_i64()
            .or_else(|| whole().map(|value| value as i64))
            .ok_or_else(|| input.unexpected("a whole number of at most 64 bits"))
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        out.number(&Number::from(*self));
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::number(*self as f64, assertions, found);
    }
}

/// Numbers. Whole numbers are written without a fraction, as GitBook writes them, except for `-0.0`.
impl JsonCodec for f64 {
    fn decode(input: ValueRef<'_>, _cx: &mut Context) -> Result<Self, Error> {
        input.as_f64().ok_or_else(|| input.unexpected("a number"))
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        let is_negative_zero = *self == 0.0 && self.is_sign_negative();
        let number = if is_whole(*self) && !is_negative_zero {
            Some(Number::from(*self as i64))
        } else {
            Number::from_f64(*self)
        };
        match number {
            Some(number) => out.number(&number),
            None => out.null(),
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::number(*self, assertions, found);
    }
}

impl<T: JsonCodec> JsonCodec for Box<T> {
    fn read(&mut self, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error> {
        T::read(self, input, cx)
    }

    fn from_null() -> Option<Self> {
        T::from_null().map(Box::new)
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        T::encode(self, out);
    }

    fn encode_entries<'a>(&'a self, out: &mut dyn Sink<'a>) {
        T::encode_entries(self, out);
    }

    fn check(&self, found: &mut Violations) {
        T::check(self, found);
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        T::check_against(self, assertions, found);
    }
}

impl<T: JsonCodec> JsonCodec for Option<T> {
    fn read(&mut self, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error> {
        if input.is_null() {
            return Ok(());
        }
        self.get_or_insert_default().read(input, cx)
    }

    /// Holds `null` if the property is required, and nothing that is not a `T` otherwise.
    fn decode_property(
        &mut self,
        presence: Presence,
        input: ValueRef<'_>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        if presence == Presence::Lenient {
            let mut trial = Context::default();
            *self = Self::decode(input, &mut trial).unwrap_or_default();
            if self.is_some() {
                cx.merge(trial);
            }
        } else {
            self.read(input, cx)?;
        }
        Ok(self.is_some() || presence.is_required())
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }

    /// Is left out if the property is optional and `None`.
    #[inline]
    fn encode_property<'a>(
        &'a self,
        (key, presence): Field,
        deviation: Option<&'a Deviation>,
        out: &mut dyn Sink<'a>,
    ) {
        match (self, deviation) {
            (None, Some(deviation)) => deviation.encode(out, key),
            (None, None) if !presence.is_required() => {}
            (None, None) => {
                out.static_key(key);
                out.null();
            }
            (Some(value), _) => value.encode_entry(key, out),
        }
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    fn check(&self, found: &mut Violations) {
        if let Some(value) = self {
            value.check(found);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        if let Some(value) = self {
            value.check_against(assertions, found);
        }
    }
}

impl<T: JsonCodec> JsonCodec for Vec<T> {
    fn read(&mut self, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error> {
        if !input.is_list() {
            return Err(input.unexpected("a list"));
        }
        self.reserve_exact(input.items().count());
        for (index, item) in input.items().enumerate() {
            let known = cx.missing();
            // Decoded where it stays. Pushed, it would also have to be dropped if there is no memory.
            self.extend(iter::once_with(T::default));
            if let Some(last) = self.last_mut() {
                last.read(item, cx)
                    .map_err(|error| error.prepend_path(format_args!("[{index}]")))?;
            }
            if cx.missing() > known {
                cx.step_out(known, format_args!("[{index}]"));
            }
        }
        Ok(())
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        encode_list(self, out);
    }

    fn check(&self, found: &mut Violations) {
        for (index, item) in self.iter().enumerate() {
            let known = found.len();
            item.check(found);
            found.in_item(known, index);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::list(self, assertions, found);
    }
}

/// Writes an object of the entries of a value.
pub(super) fn encode_object<'a>(value: &'a impl JsonCodec, out: &mut dyn Sink<'a>) {
    let object = out.open_object();
    value.encode_entries(out);
    out.close(object);
}

fn encode_list<'a, T: JsonCodec>(items: &'a [T], out: &mut dyn Sink<'a>) {
    let list = out.open_list();
    items.iter().for_each(|item| item.encode(out));
    out.close(list);
}
