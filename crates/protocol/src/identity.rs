//! Who a visitor is, as far as anybody said so.

use serde::{Deserialize, Serialize};

/// What is known of a visitor beyond their conversation. Agents see it; it opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitorIdentity {
    /// The person's id with the site, there only if the site's server has proven it.
    pub user: Option<String>,
    /// What they are called.
    pub name: Option<Stated>,
    /// E-mail address.
    pub email: Option<Stated>,
}

impl VisitorIdentity {
    /// The same with what is said of them newly; what is not said stays.
    #[must_use]
    pub fn with(self, said: Self) -> Self {
        Self {
            user: said.user.or(self.user),
            name: said.name.or(self.name),
            email: said.email.or(self.email),
        }
    }
}

/// Something that was said of a visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What was said.
    pub text: String,
    /// Whether the site's server has signed it; otherwise the visitor's browser claims it.
    pub is_verified: bool,
}
