//! The values of plain scalars in the core schema of YAML 1.2.

use serde_json::Value;

use crate::json;

/// Returns the value of a plain scalar.
///
/// # Errors
///
/// Fails if it is a number that JSON has no exact value for.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    let inexact = || format!("the number {text} cannot be represented exactly");
    let unsigned = text.trim_start_matches(['-', '+']);
    if text.len() - unsigned.len() <= 1
        && matches!(
            unsigned,
            ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN"
        )
        && (text == unsigned || !unsigned.to_lowercase().ends_with("nan"))
    {
        return Err(inexact());
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|c| c.is_digit(radix))
        {
            let number = u64::from_str_radix(digits, radix);
            return number.map(Value::from).map_err(|_| inexact());
        }
    }
    match as_json(text) {
        Some(number) => json::number(&number).map(Value::Number).ok_or_else(inexact),
        None => Ok(Value::String(text.to_owned())),
    }
}

/// Returns a decimal number in the notation of JSON, which has no `+`, leading zeros, or missing
/// digits beside the point. Returns `None` if the text is not a number.
fn as_json(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.map(|power| power.strip_prefix(['-', '+']).unwrap_or(power));
    let is_number = is_digits(whole)
        && is_digits(fraction.unwrap_or_default())
        && !(whole.is_empty() && fraction.unwrap_or_default().is_empty())
        && power.is_none_or(|power| !power.is_empty() && is_digits(power));
    if !is_number {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let mut number = format!("{sign}{whole}");
    if let Some(fraction) = fraction {
        let fraction = if fraction.is_empty() { "0" } else { fraction };
        number.push_str(&format!(".{fraction}"));
    }
    if let Some(exponent) = exponent {
        number.push_str(&format!("e{exponent}"));
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_scalars_have_the_values_of_the_core_schema() {
        for (text, expected) in [
            ("0777", json!(777)),
            ("08", json!(8)),
            ("0o17", json!(15)),
            ("0x1F", json!(31)),
            ("+1", json!(1)),
            ("-17", json!(-17)),
            ("18446744073709551615", json!(u64::MAX)),
            ("1e3", json!(1000.0)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("-.5", json!(-0.5)),
            ("12e03", json!(12000.0)),
            ("6.02E+23", json!(6.02e23)),
            ("TRUE", json!(true)),
            ("~", json!(null)),
        ] {
            assert_eq!(plain(text).unwrap(), expected, "{text}");
        }
        for text in [
            "1_000",
            "13500_1500",
            "1_0.5",
            "0b11",
            "0o8",
            "0xG",
            "-0x1F",
            "190:20:30",
            "yes",
            "on",
            "y",
            "tRUE",
            "nUll",
            ".",
            "-",
            "+",
            "e3",
            ".e3",
            "1e",
            "1e+",
            "--1",
            "+-1",
            "1.2.3",
            "2020-01-01",
            "+.nan",
            "inf",
        ] {
            assert_eq!(plain(text).unwrap(), json!(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_json_cannot_hold_exactly_are_errors() {
        for text in [
            ".inf",
            "-.INF",
            "+.Inf",
            ".nan",
            "1e400",
            "1e-400",
            "18446744073709551616",
            "0x10000000000000000",
            "0.1234567890123456789",
        ] {
            assert!(plain(text).is_err(), "{text}");
        }
    }
}
