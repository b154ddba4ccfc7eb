//! How tool sets and tools refer to a secret: by its name, in text (api.md, Where a secret is used).

/// A way to write a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `${NAME}`
    Variable,
    /// `{{ secrets.NAME }}`
    Template,
}

/// Both, in the order on screen.
pub const SPELLINGS: [Spelling; 2] = [Spelling::Variable, Spelling::Template];

impl Spelling {
    /// The reference to the secret with this name.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::Variable => format!("${{{name}}}"),
            Self::Template => format!("{{{{ secrets.{name} }}}}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings() {
        assert_eq!(Spelling::Variable.of("STRIPE_KEY"), "${STRIPE_KEY}");
        assert_eq!(Spelling::Template.of("STRIPE_KEY"), "{{ secrets.STRIPE_KEY }}");
    }
}
