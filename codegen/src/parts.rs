//! Cuts each module of the client into files, so that a build reads only those of its features.

use std::collections::HashMap;

use crate::group::GroupSet;

/// One module of the client, in the order of the document.
pub struct Module {
    /// Its name.
    pub name: &'static str,
    /// Its items, with the groups of operations that need them.
    pub items: Vec<(GroupSet, String)>,
    /// The source of what is there with every selection of features.
    pub common: String,
}

/// A file of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder of the generated files.
    pub path: String,
    /// Its source.
    pub source: String,
}

impl Module {
    pub(crate) fn new(name: &'static str, items: Vec<(GroupSet, String)>) -> Self {
        Self {
            name,
            items,
            common: String::new(),
        }
    }

    /// Returns the whole module as one file, whatever the features.
    pub fn whole(&self) -> String {
        let items: Vec<&str> = self
            .items
            .iter()
            .map(|(_, source)| source.trim_end())
            .collect();
        let source = [&items.join("\n\n"), self.common.trim_end()]
            .map(str::trim_start)
            .join("\n\n");
        format!("{HEADER}\n{}\n", source.trim())
    }

    /// Returns the files of the module: `NAME.rs`, which includes one file in `NAME/` for each set of
    /// groups that need the same items.
    pub fn files(&self) -> Vec<File> {
        let mut files: Vec<(&GroupSet, String)> = Vec::new();
        let mut indices: HashMap<&GroupSet, usize> = HashMap::new();
        for (groups, source) in &self.items {
            let index = *indices.entry(groups).or_insert(files.len());
            if index == files.len() {
                files.push((groups, String::new()));
            }
            let file = &mut files[index].1;
            file.push('\n');
            file.push_str(source.trim());
            file.push('\n');
        }
        let mut index = format!("{HEADER}\n");
        let mut shared = 0;
        let mut parts = Vec::new();
        for (groups, source) in files {
            let file = match groups.first() {
                Some(group) if groups.len() == 1 => group.clone(),
                _ => {
                    shared += 1;
                    format!("shared-{shared}")
                }
            };
            let path = format!("{}/{file}.rs", self.name);
            index.push_str(&format!("{}\ninclude!({path:?});\n", enabled(groups)));
            parts.push(File {
                path,
                source: format!("{HEADER}{source}"),
            });
        }
        if !self.common.is_empty() {
            index.push_str(&format!("\n{}\n", self.common.trim()));
        }
        let path = format!("{}.rs", self.name);
        parts.insert(
            0,
            File {
                path,
                source: index,
            },
        );
        parts
    }
}

/// Returns the attribute of what only builds with one of these groups have.
pub fn enabled(groups: &GroupSet) -> String {
    let groups = groups.iter().map(|group| format!(", feature = {group:?}"));
    // A document that is not our own can have groups that are no feature.
    format!(
        "#[cfg(any(feature = \"all\"{}))]",
        groups.collect::<String>()
    )
}

const HEADER: &str = "// Generated from spec/openapi.yaml by gitbook-api-codegen.\n";
