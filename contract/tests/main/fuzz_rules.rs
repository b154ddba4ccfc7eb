//! What the fuzzer checks, on a toolchain that has no fuzzer.

#[cfg(test)]
#[path = "../../fuzz/rules.rs"]
mod rules;

#[cfg(test)]
mod tests {
    use super::rules;
    use proptest::prelude::*;
    use std::path::Path;

    fn seeds() -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/decode");
        let files = std::fs::read_dir(folder).expect("the folder of the seeds");
        let paths = files.map(|file| file.expect("a seed").path());
        let is_seed = |path: &Path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("seed-"))
        };
        let seeds = paths.filter(|path| is_seed(path));
        seeds.map(|path| std::fs::read(path).expect("a seed")).collect()
    }

    #[test]
    fn the_seeds_keep_the_rules() {
        let seeds = seeds();
        assert!(seeds.len() >= 7, "the seeds are gone: this would prove nothing");
        for seed in seeds {
            rules::check(&seed);
            // A proxy's page, and what a broken connection leaves of an answer.
            for end in 0..seed.len() {
                rules::check(&seed[..end]);
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_keep_the_rules(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
            rules::check(&bytes);
        }

        #[test]
        fn any_white_space_keeps_the_rules(bytes in "[ \\n\\t\\r]{0,8}") {
            rules::check(bytes.as_bytes());
        }

        #[test]
        fn any_text_keeps_the_rules(text in r#"(https?://)?[\[\]:a-z0-9=,. /{}"]{0,40}"#) {
            rules::check(text.as_bytes());
        }
    }
}
