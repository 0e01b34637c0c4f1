//! Every rule of the comparison, as one declarative table in a file per kind.
//!
//! A rule says what one edit means, apart for HTTP clients and for users of the crate, and apart for
//! what a client sends (requests) and what it receives (responses).

mod bodies;
mod consequences;
mod documentation;
mod enums;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;

pub use bodies::*;
pub use consequences::*;
pub use documentation::*;
pub use enums::*;
pub use operations::*;
pub use parameters::*;
pub use responses::*;
pub use schemas::*;
pub use security::*;

/// What an edit means for a program that talks to the API over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Http {
    /// Every program that worked keeps working.
    Compatible,
    /// Programs that rely on more than the API promised may stop working.
    Risky,
    /// Programs that kept to the old description may stop working.
    Breaking,
}

impl Http {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Http::Compatible => "compatible",
            Http::Risky => "risky",
            Http::Breaking => "breaking",
        }
    }
}

/// The version bump that an edit asks of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing in the public Rust API changes but documentation.
    Patch,
    /// The public Rust API grows.
    Minor,
    /// Code that compiled, or worked, may not any more.
    Major,
}

impl Bump {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

/// What a rule is about; rows are grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Operations,
    Parameters,
    RequestBodies,
    Responses,
    Schemas,
    Enums,
    Security,
    Consequences,
    Documentation,
}

impl Kind {
    /// The heading of a group of this kind.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Operations => "operations",
            Kind::Parameters => "parameters",
            Kind::RequestBodies => "request bodies",
            Kind::Responses => "responses",
            Kind::Schemas => "schemas",
            Kind::Enums => "enums",
            Kind::Security => "security",
            Kind::Consequences => "consequences in Rust",
            Kind::Documentation => "documentation only",
        }
    }
}

/// What the two halves of an example are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Members of a whole document.
    Document,
    /// Members of one operation.
    Operation,
    /// One component schema, which an operation both sends and receives.
    Schema,
}

/// The verdicts for one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// For programs that speak HTTP.
    pub http: Http,
    /// For users of the crate.
    pub bump: Bump,
}

/// One kind of edit and what it means.
#[derive(Debug)]
pub struct Rule {
    /// Its name in every output format, stable.
    pub id: &'static str,
    /// What it is about.
    pub kind: Kind,
    /// What happened, as a short phrase.
    pub title: &'static str,
    /// What it means where a client sends the changed thing.
    pub request: Verdict,
    /// What it means where a client receives the changed thing.
    pub response: Verdict,
    /// Why the verdicts are what they are.
    pub why: &'static str,
    /// What the halves of the example are.
    pub scope: Scope,
    /// A smallest document part before the edit, as JSON.
    pub before: &'static str,
    /// The same part after the edit.
    pub after: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// Declares the rules of one kind: a `static` each, and the list of them.
macro_rules! rules {
    ($all:ident of $kind:ident: $(
        $name:ident $id:literal $title:literal
        [$rh:ident $rb:ident] [$sh:ident $sb:ident] $why:literal
        $scope:ident $before:literal => $after:literal;
    )*) => {
        $(
            #[doc = $why]
            pub static $name: $crate::rules::Rule = $crate::rules::Rule {
                id: $id,
                kind: $crate::rules::Kind::$kind,
                title: $title,
                request: $crate::rules::Verdict {
                    http: $crate::rules::Http::$rh,
                    bump: $crate::rules::Bump::$rb,
                },
                response: $crate::rules::Verdict {
                    http: $crate::rules::Http::$sh,
                    bump: $crate::rules::Bump::$sb,
                },
                why: $why,
                scope: $crate::rules::Scope::$scope,
                before: $before,
                after: $after,
            };
        )*
        /// The rules of this kind, in the order of the catalogue.
        pub static $all: &[&$crate::rules::Rule] = &[$(&$name),*];
    };
}
pub(crate) use rules;

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        OPERATION_RULES,
        PARAMETER_RULES,
        BODY_RULES,
        RESPONSE_RULES,
        SCHEMA_RULES,
        ENUM_RULES,
        SECURITY_RULES,
        CONSEQUENCE_RULES,
        DOCUMENTATION_RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}
