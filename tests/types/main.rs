//! The generated types: decoding, encoding and validation.

mod checks;
mod examples;
mod formats;
mod lossless;
mod numbers;
mod sampled;
mod samples;
mod values;
