//! `cargo xtask`: the maintainer tools of `gitbook-api`.

fn main() {}
