//! scratch
fn main() {
    for f in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        let doc: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&f).unwrap()).unwrap();
        match gitbook_api_codegen::lower::lower(&doc) {
            Ok(v) => {
                println!(
                    "{f} {} -> {} {:?}",
                    doc["components"]["schemas"].as_object().unwrap().len(),
                    v["components"]["schemas"].as_object().unwrap().len(),
                    t.elapsed()
                );
                std::fs::write(
                    "/tmp/w/lowered.json",
                    serde_json::to_string_pretty(&v).unwrap(),
                )
                .unwrap();
            }
            Err(e) => println!("{f}: {e}"),
        }
    }
}
