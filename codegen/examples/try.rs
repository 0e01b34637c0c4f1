//! scratch
fn main() {
    for f in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        let doc: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&f).unwrap()).unwrap();
        match gitbook_api_codegen::generate(&doc, None) {
            Ok(v) => {
                println!(
                    "{f} ops {} types {} lines {} {:?}",
                    v.operations,
                    v.types,
                    v.code.lines().count(),
                    t.elapsed()
                );
                std::fs::write("/tmp/w/client.rs", v.code).unwrap();
            }
            Err(e) => println!("{f}: {e}"),
        }
    }
}
