use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A repeatable source (SplitMix64).
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

/// Of all bytes that a source can give, each character is drawn by equally many: no remainder favours any.
#[test]
fn no_character_is_likelier_than_another() {
    for alphabet in Alphabet::ALL {
        let characters = alphabet.characters();
        let mut counts = BTreeMap::<char, usize>::new();
        for byte in 0..=u8::MAX {
            // A source that gives this byte once and then fails: rejected bytes draw nothing.
            let mut bytes = Some(byte);
            let mut once = |buffer: &mut [u8]| bytes.take().map(|byte| buffer.fill(byte)).is_some();
            if let Some(character) = draw(characters, &mut once) {
                *counts.entry(character).or_default() += 1;
            }
        }
        assert_eq!(counts.len(), characters.len());
        assert_eq!(counts.values().collect::<BTreeSet<_>>().len(), 1, "{counts:?}");
    }
}

/// Pearson's test. With k − 1 degrees of freedom the statistic is about k − 1 ± √(2(k − 1)); five of those are far out.
#[test]
fn characters_are_even() {
    for alphabet in Alphabet::ALL {
        let mut random = source(42);
        let recipe = Recipe {
            length: LONGEST,
            alphabet,
        };
        let mut counts = vec![0_u32; alphabet.characters().len()];
        for _ in 0..40 {
            for drawn in recipe.generate(&mut random).unwrap().expose().bytes() {
                counts[alphabet.characters().iter().position(|it| *it == drawn).unwrap()] += 1;
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
        assert_eq!(characters.iter().collect::<BTreeSet<_>>().len(), characters.len());
        assert!(characters.iter().all(|it| !b"'\"`\\ ".contains(it)), "{alphabet:?}");
    }
}

#[test]
fn entropy_is_that_of_the_choices() {
    for (length, alphabet, bits) in [
        (0, Alphabet::LettersAndDigits, 0),
        (20, Alphabet::LettersAndDigits, 119),
        (32, Alphabet::LettersAndDigits, 190),
        (20, Alphabet::WithSymbols, 129),
        (LONGEST + 1, Alphabet::WithSymbols, 6647),
    ] {
        assert_eq!(
            Recipe { length, alphabet }.entropy_bits(),
            bits,
            "{length} {alphabet:?}"
        );
    }
}

#[test]
fn without_random_bytes_there_is_no_value() {
    let recipe = |length| Recipe {
        length,
        alphabet: Alphabet::WithSymbols,
    };
    assert!(recipe(8).generate(&mut |_| false).is_none());
    assert!(
        recipe(8)
            .generate(&mut |bytes| {
                bytes.fill(0xff);
                true
            })
            .is_none(),
        "a source that is stuck must not hang the page"
    );
    assert!(recipe(0).generate(&mut source(1)).is_none());
}

proptest! {
    #[test]
    fn a_value_has_the_length_and_the_alphabet(length in 1_usize..80, which in 0_usize..2, seed in any::<u64>()) {
        let alphabet = Alphabet::ALL[which];
        let value = Recipe { length, alphabet }.generate(&mut source(seed)).unwrap();
        prop_assert_eq!(value.byte_count(), length);
        prop_assert!(value.expose().bytes().all(|it| alphabet.characters().contains(&it)));
    }
}
