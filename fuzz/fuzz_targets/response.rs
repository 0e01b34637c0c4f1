//! Decodes bodies of responses, and decodes what they are encoded as.
#![no_main]

use gitbook_api::{decode, types::Space};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    if let Ok(space) = decode::json::<Space>(body) {
        let encoded = serde_json::to_vec(&space).expect("a type of the API is JSON");
        let again: Space = decode::json(&encoded).expect("what is encoded can be decoded");
        assert_eq!(again, space);
    }
});
