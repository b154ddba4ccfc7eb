//! Lists whose rows are in several pieces, of 1,024 rows each.

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use strongroom_core::list::find::{Finder, UNFIT};
    use strongroom_core::list::{Arrangement, List, LocalChanges, Query, Row, View};

    const SIZES: [Row; 5] = [1_023, 1_024, 1_025, 2_048, 2_049];

    /// The page of these secrets. Each has a label value of its own.
    fn page(numbers: std::ops::Range<Row>) -> String {
        let mut items = String::new();
        for number in numbers {
            if !items.is_empty() {
                items.push(',');
            }
            write!(
                items,
                r#"{{"metadata": {{"id": "wsec_{number}", "name": "KEY_{}", "externalId": "at/{number}", "labels": {{"n": "v{number}"}}}}}}"#,
                9_999 - number
            )
            .unwrap();
        }
        format!(r#"{{"items": [{items}]}}"#)
    }

    fn add(list: &mut List, numbers: std::ops::Range<Row>) -> strongroom_core::list::Changes {
        list.page(page(numbers).as_bytes(), &LocalChanges::default()).unwrap().1
    }

    fn list(size: Row) -> List {
        let mut list = List::default();
        add(&mut list, 0..size);
        list
    }

    #[test]
    fn a_row_is_found_in_any_piece_and_from_any_row_on() {
        for size in SIZES {
            let list = list(size);
            for typed in ["key_8975", "897", "at/102", "v1024", "v102", "0"] {
                let finder = Finder::new(&Query::parse(typed), list.rows(), 0);
                let plain = |row: Row| {
                    let texts = [format!("key_{}", 9_999 - row), format!("at/{row}"), format!("v{row}")];
                    texts.iter().any(|text| text.contains(typed))
                };
                for (first, to) in [
                    (0, size),
                    (1_000, size),
                    (1_023, size),
                    (1_000, 1_023),
                    (1_024.min(size), size),
                ] {
                    let fits = finder.fits(list.rows(), first, to);
                    assert_eq!(fits.len(), (to - first) as usize);
                    for (fit, row) in fits.into_iter().zip(first..) {
                        assert_eq!(fit != UNFIT, plain(row), "{typed} in {row} of {first}..{to}");
                        assert_eq!(finder.fit(list.rows(), row), (fit != UNFIT).then_some(fit));
                    }
                }
            }
        }
    }

    #[test]
    fn a_view_follows_a_page_across_pieces() {
        for typed in ["", "0", "v10"] {
            for arrangement in [Arrangement::Arrival, Arrangement::ByName] {
                let mut list = list(1_000);
                let mut view = View::new(&list, Query::parse(typed), arrangement, 0);
                for numbers in [1_000..1_050, 1_050..2_047, 2_047..2_049] {
                    let changes = add(&mut list, numbers);
                    view.update(&list, &changes, 0);
                }
                let anew = View::new(&list, Query::parse(typed), arrangement, 0);
                assert_eq!(view.rows(), anew.rows(), "{typed:?} {arrangement:?}");
                assert!(!typed.is_empty() || anew.rows().len() == 2_049);
            }
        }
    }

    #[test]
    fn a_broken_page_across_pieces_leaves_nothing_behind() {
        let mut list = list(1_000);
        let whole = page(1_000..1_100);
        let broken = &whole[..whole.len() - 40];
        assert!(list.page(broken.as_bytes(), &LocalChanges::default()).is_err());
        assert_eq!((list.rows().end(), list.rows().find("wsec_1050")), (1_000, None));
        add(&mut list, 1_000..1_100);
        assert_eq!(list.rows().end(), 1_100);
        for row in [0, 999, 1_000, 1_023, 1_024, 1_099] {
            assert_eq!(list.rows().find(&format!("wsec_{row}")), Some(row));
            assert_eq!(list.rows().external_id(row), format!("at/{row}"));
        }
    }
}
