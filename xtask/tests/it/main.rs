//! Tests of the command line and of the pictures of the documentation.

mod codegen;
mod pictures;
