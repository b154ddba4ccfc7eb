//! The languages of the interface, and how one is chosen for a browser.

/// A language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// The default language.
    #[default]
    English,
    /// Loaded on demand.
    German,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its BCP 47 tag, as used by the page, `Intl` and the stored preference.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its name in the language itself. It is listed under this name in every language, so that its speakers can find
    /// it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Other words to find it by.
    #[must_use]
    pub fn aliases(self) -> &'static str {
        match self {
            Self::English => "language english englisch",
            Self::German => "language german deutsch",
        }
    }

    /// The language of a tag, ignoring region and script: `de-AT` is German.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next()?;
        Self::ALL
            .into_iter()
            .find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The first supported language of a browser's list, preferred first; English if there is none.
    #[must_use]
    pub fn preferred(tags: &[impl AsRef<str>]) -> Self {
        tags.iter()
            .find_map(|tag| Self::from_tag(tag.as_ref()))
            .unwrap_or_default()
    }

    /// The tag for dates and numbers: this language with the user's region. The region is that of the first tag in this
    /// language in the browser's list: for `en-GB`, English dates are British.
    ///
    /// Only language and region are used. `Intl` throws for a malformed tag, and some browsers are configured with one,
    /// such as `en-US@posix`; the result is always well-formed.
    #[must_use]
    pub fn locale(self, tags: &[impl AsRef<str>]) -> String {
        let mut own = tags
            .iter()
            .map(AsRef::as_ref)
            .filter(|tag| Self::from_tag(tag) == Some(self));
        match own.next().and_then(region) {
            Some(region) => format!("{}-{}", self.tag(), region.to_ascii_uppercase()),
            None => self.tag().to_owned(),
        }
    }
}

/// The region of a tag: two letters or three digits after the language and an optional script.
fn region(tag: &str) -> Option<&str> {
    tag.split('-')
        .skip(1)
        // A single character begins an extension, where two letters have another meaning.
        .take_while(|part| part.len() > 1)
        .find(|part| match part.len() {
            2 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
            3 => part.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_leads_back_to_its_language() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::from_tag("DE-at"), Some(Language::German));
        for unknown in ["", "-", "-de", "fr", "deu", "english", "d", "en_US", "en US"] {
            assert_eq!(Language::from_tag(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_first_language_that_is_here_is_preferred() {
        let preferred = |tags: &[&str]| Language::preferred(tags);
        assert_eq!(preferred(&[]), Language::English);
        assert_eq!(preferred(&["fr", "it-CH"]), Language::English);
        assert_eq!(preferred(&["de-AT"]), Language::German);
        assert_eq!(preferred(&["fr", "de", "en"]), Language::German);
        assert_eq!(preferred(&["en-GB", "de"]), Language::English);
    }

    #[test]
    fn a_locale_keeps_the_region_and_nothing_else() {
        for (language, tags, expected) in [
            (Language::English, &["en-GB", "en-US"][..], "en-GB"),
            (Language::English, &["en", "en-GB"], "en"),
            (Language::English, &["de-DE", "en-us"], "en-US"),
            (Language::English, &["de-DE"], "en"),
            (Language::English, &["en-001"], "en-001"),
            (Language::English, &["en-GB-oxendict"], "en-GB"),
            (Language::English, &["en-US@posix"], "en"),
            (Language::English, &["en-u-hc-h12"], "en"),
            (Language::German, &["de-Latn-at"], "de-AT"),
            (Language::German, &["de-1996"], "de"),
            (Language::German, &["en-US", "de-CH-1996-u-co-phonebk"], "de-CH"),
            (Language::German, &[], "de"),
        ] {
            assert_eq!(language.locale(tags), expected, "{language:?} {tags:?}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest::proptest! {
        #[test]
        fn any_list_has_a_language_and_a_well_formed_locale(tags: Vec<String>) {
            let language = Language::preferred(&tags);
            proptest::prop_assert!(Language::ALL.contains(&language));
            is_well_formed(language, &language.locale(&tags))?;
        }

        #[test]
        fn any_tag_of_a_language_has_a_well_formed_locale(rest in "[-a-zA-Z0-9@_ ä]{0,24}") {
            for language in Language::ALL {
                is_well_formed(language, &language.locale(&[format!("{}-{rest}", language.tag())]))?;
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn is_well_formed(language: Language, locale: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        let (tag, region) = locale.split_once('-').unwrap_or((locale, "XX"));
        proptest::prop_assert_eq!(tag, language.tag());
        let is_country = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_area = region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
        proptest::prop_assert!(is_country || is_area, "{}", locale);
        Ok(())
    }
}
