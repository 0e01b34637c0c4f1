//! Reads the OpenAPI objects of Markdown pages.
#![no_main]

use gitbook_spec::fetch::extract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &str| drop(extract(page)));
