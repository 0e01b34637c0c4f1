//! The rules of the comparison, as one declarative table per kind.
//!
//! A rule classifies one kind of edit, separately for HTTP clients and for users of the crate, and
//! separately for requests and responses.

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

/// The effect of an edit on programs that use the API over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Http {
    /// Every program continues to work.
    Compatible,
    /// Programs that rely on undocumented behavior may fail.
    Risky,
    /// Programs that comply with the former document may fail.
    Breaking,
}

impl Http {
    pub fn name(self) -> &'static str {
        match self {
            Http::Compatible => "compatible",
            Http::Risky => "risky",
            Http::Breaking => "breaking",
        }
    }
}

/// The version bump that an edit requires of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Only documentation changes in the public API.
    Patch,
    /// The public API grows.
    Minor,
    /// Code that compiled or worked may fail.
    Major,
}

impl Bump {
    pub fn name(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

/// The subject of a rule.
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
    /// Returns the heading of this kind.
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

/// The kind of document fragment in an example.
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
    pub http: Http,
    pub bump: Bump,
}

/// The condition under which the bump of a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The public API changes near the edit: the bump is at most what the change requires.
    PublicApi,
    /// The values are sent, because the client refuses invalid ones. Properties that are `readOnly`
    /// are never sent.
    SentValues,
    /// None: the bump is about more than the declarations of public items.
    Nothing,
}

/// A kind of edit with its verdicts.
#[derive(Debug)]
pub struct Rule {
    /// The name in all output formats, which is stable.
    pub id: &'static str,
    pub kind: Kind,
    /// A short phrase for what happened.
    pub title: &'static str,
    /// The verdicts where the changed node is part of requests.
    pub request: Verdict,
    /// The verdicts where the changed node is part of responses.
    pub response: Verdict,
    /// The limit of the bumps.
    pub limit: Limit,
    /// The reason for the verdicts.
    pub why: &'static str,
    pub scope: Scope,
    /// A minimal document fragment before the edit, as JSON.
    pub before: &'static str,
    /// The same fragment after the edit.
    pub after: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// Declares the rules of one kind: a `static` each, and a list of them. A rule has this form:
///
/// ```text
/// NAME "name-in-output" "title"
///     [Http Bump] [Http Bump] limit Limit "Reason of the verdicts."
///     Scope r#"before"# => r#"after"#;
/// ```
///
/// The first brackets have the verdicts for requests, the second those for responses. [`Limit`] is
/// [`Limit::PublicApi`] unless `limit` states another one: the finding is then a patch unless the
/// public API changes. [`Scope`] says what the members in the example are members of.
macro_rules! rules {
    ($all:ident of $kind:ident: $(
        $name:ident $id:literal $title:literal
        [$rh:ident $rb:ident] [$sh:ident $sb:ident] $(limit $limit:ident)? $why:literal
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
                limit: $crate::rules::limit!($($limit)?),
                why: $why,
                scope: $crate::rules::Scope::$scope,
                before: $before,
                after: $after,
            };
        )*
        /// The rules of this kind, in order.
        pub static $all: &[&$crate::rules::Rule] = &[$(&$name),*];
    };
}
pub(crate) use rules;

/// The limit that a rule declares, or the usual one.
macro_rules! limit {
    () => {
        $crate::rules::Limit::PublicApi
    };
    ($limit:ident) => {
        $crate::rules::Limit::$limit
    };
}
pub(crate) use limit;

/// Returns all rules, in order.
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
