use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Numbers that look like chance and are the same each time (SplitMix64).
fn source(seed: u64) -> impl FnMut(&mut [u8]) -> bool {
    let mut state = seed;
    move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
        true
    }
}

/// Every pair of bytes once.
fn all_pairs() -> impl FnMut(&mut [u8]) -> bool {
    let mut next = 0_u16;
    move |bytes| {
        bytes.copy_from_slice(&next.to_le_bytes());
        next = next.wrapping_add(1);
        true
    }
}

/// Of all that chance can give, each number is made by equally many: no remainder favours any.
#[test]
fn no_number_is_likelier_than_another() {
    for choices in [1, 2, 10, 16, 26, 62, 64, 90, 1000, 1024] {
        let mut chance = all_pairs();
        let mask = choices_mask(choices);
        let accepted = (0..=u16::MAX)
            .filter(|drawn| usize::from(*drawn) & mask < choices)
            .count();
        let mut counts = vec![0_usize; choices];
        for _ in 0..accepted {
            counts[draw(choices, &mut chance).unwrap()] += 1;
        }
        assert_eq!(counts.iter().collect::<BTreeSet<_>>().len(), 1, "{choices}: {counts:?}");
    }
}

fn choices_mask(choices: usize) -> usize {
    choices.next_power_of_two() - 1
}

/// Pearson's test. With k − 1 degrees of freedom the statistic is about k − 1 ± √(2(k − 1)); five of those are far out.
#[test]
fn characters_are_even() {
    for alphabet in Alphabet::ALL {
        let mut chance = source(42);
        let recipe = Recipe::Characters { length: MOST, alphabet };
        let characters = alphabet.characters();
        let mut counts = vec![0_u32; characters.len()];
        for _ in 0..40 {
            for drawn in recipe.make(&mut chance).unwrap().expose().chars() {
                counts[characters.find(drawn).unwrap()] += 1;
            }
        }
        let expected = 40.0 * 1024.0 / f64::from(u32::try_from(counts.len()).unwrap());
        let statistic: f64 = counts
            .iter()
            .map(|it| (f64::from(*it) - expected).powi(2) / expected)
            .sum();
        let freedom = f64::from(u32::try_from(counts.len()).unwrap()) - 1.0;
        assert!(
            (statistic - freedom).abs() < 5.0 * (2.0 * freedom).sqrt(),
            "{alphabet:?}: {statistic}"
        );
    }
}

#[test]
fn alphabets_have_no_character_twice() {
    for alphabet in Alphabet::ALL {
        let characters = alphabet.characters();
        assert!(characters.is_ascii(), "{alphabet:?}");
        assert_eq!(
            characters.chars().collect::<BTreeSet<_>>().len(),
            characters.len(),
            "{alphabet:?}"
        );
    }
    assert!(!Alphabet::Symbols.characters().contains(['\'', '"', '`', '\\', ' ']));
}

#[test]
fn bits_are_those_of_the_choices() {
    let bits = |recipe: Recipe| recipe.bits();
    let characters = |length, alphabet| Recipe::Characters { length, alphabet };
    assert!((bits(characters(32, Alphabet::Hex)) - 128.0).abs() < 1e-9);
    assert!((bits(characters(22, Alphabet::UrlSafe)) - 132.0).abs() < 1e-9);
    assert!((bits(characters(20, Alphabet::LettersAndDigits)) - 119.083_926).abs() < 1e-5);
    assert!((bits(characters(0, Alphabet::Hex))).abs() < 1e-9);
    assert!(
        (bits(Recipe::Words {
            count: 6,
            separator: '-'
        }) - 60.0)
            .abs()
            < 1e-9
    );
}

#[test]
fn without_chance_there_is_no_value() {
    let recipe = Recipe::Characters {
        length: 8,
        alphabet: Alphabet::Digits,
    };
    assert!(recipe.make(&mut |_| false).is_none());
    assert!(
        recipe
            .make(&mut |bytes| {
                bytes.fill(0xff);
                true
            })
            .is_none(),
        "a source that is stuck must not hang the page"
    );
    assert!(
        Recipe::Words {
            count: 0,
            separator: ' '
        }
        .make(&mut source(1))
        .is_none()
    );
}

proptest! {
    #[test]
    fn a_value_is_as_it_was_asked_for(length in 1_usize..80, which in 0_usize..7, seed in any::<u64>()) {
        let alphabet = Alphabet::ALL[which];
        let value = Recipe::Characters { length, alphabet }.make(&mut source(seed)).unwrap();
        prop_assert_eq!(value.byte_count(), length);
        prop_assert!(value.expose().chars().all(|it| alphabet.characters().contains(it)));
    }

    #[test]
    fn words_are_as_they_were_asked_for(count in 1_usize..20, separator in "[-_. ·]", seed in any::<u64>()) {
        let separator = separator.chars().next().unwrap();
        let value = Recipe::Words { count, separator }.make(&mut source(seed)).unwrap();
        let words: Vec<_> = value.expose().split(separator).collect();
        prop_assert_eq!(words.len(), count);
        prop_assert!(words.iter().all(|word| word.len() == 4));
    }
}
