//! How much code is generated: it is what users wait for when they compile.

const CLIENT: &str = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));

#[test]
fn the_client_is_small_enough_to_compile_and_to_read() {
    assert!(CLIENT.lines().count() <= 70_000);
    // What cannot be broken: a name of an operation or an address on a line of its own.
    let long = CLIENT.lines().filter(|line| line.chars().count() > 100);
    assert!(long.count() <= 100);
}
