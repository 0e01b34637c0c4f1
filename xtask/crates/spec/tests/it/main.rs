//! Tests of the pipeline, in one program: each module tests one stage.

mod common;
mod documented_operations;
mod fetch;
mod fetch_faults;
mod merge;
mod normalize_meaning;
mod normalize_mutated;
mod normalize_published;
mod normalize_rules;
mod pipeline;
mod read;
mod round_trip;
mod server;
mod types;
