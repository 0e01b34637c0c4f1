//! Reads JSON and YAML documents, and normalizes those that are OpenAPI.
#![no_main]

use gitbook_spec::{normalize::normalize, read, yaml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = yaml::parse(text) {
        // The form that is written is read as the same value.
        let written = yaml::to_string(&value).expect("what is read is not too deep");
        assert_eq!(yaml::parse(&written).expect("what is written is YAML"), value);
    }
    if let Ok(document) = read::parse(text, "input") {
        drop(normalize(document));
    }
});
