//! Tests of the generator, in one program.

mod advice;
mod api;
mod assertions;
mod compiled;
mod golden;
mod growth;
mod ids;
mod mutated;
mod names;
mod operations;
mod parts;
mod same_names;
mod types;
