//! A list that is open for hours: what its secrets were before is given back, and nobody sees it.

#[cfg(test)]
mod tests {
    use strongroom_core::list::{Column, Creator, Facts, List, Order, Query, Row, Selection, View};

    const COUNT: usize = 3000;

    /// Every secret as it is in this round; each round changes each of them.
    fn read(list: &mut List, round: usize) {
        for number in (0..COUNT).rev() {
            list.put(&Facts {
                id: &format!("id{number}"),
                name: &format!("NAME_{number}_{round}"),
                external_id: &format!("path/{number}"),
                labels: &[("env", ["prod", "test"][number % 2]), ("round", &round.to_string())],
                bundle: ["", "core"][number % 2],
                created: 1000 + i64::try_from(number).unwrap(),
                updated: i64::try_from(round).unwrap(),
                creator: Creator {
                    id: "p",
                    name: "Ada",
                    ..Creator::default()
                },
                used: 5,
                has_info: true,
            });
        }
    }

    /// All that a row says.
    fn told(list: &List, row: Row) -> String {
        let rows = list.rows();
        let labels: Vec<_> = rows.labels(row).collect();
        format!(
            "{} {} {} {labels:?} {} {} {} {} {} {}",
            rows.id(row),
            rows.name(row),
            rows.external_id(row),
            rows.bundle(row),
            rows.created(row),
            rows.updated(row),
            rows.used(row),
            rows.creator(row).display_name(),
            rows.has_info(row)
        )
    }

    #[test]
    fn what_is_given_back_changes_nothing_that_is_seen() {
        let mut list = List::default();
        read(&mut list, 0);
        let once = list.rows().capacity();
        for round in 1..4 {
            read(&mut list, round);
        }
        let order = Some(Order {
            column: Column::Name,
            is_descending: true,
        });
        let query = Query::parse("label:env=prod name_2");
        let mut view = View::new(&list, query.clone(), order, 0);
        let mut selection = Selection::default();
        selection.add(&view.rows()[3..70]);
        selection.set(view.rows()[10], true);
        let taken = view.rows()[1];
        let id = list.rows().id(taken).to_owned();
        let changes = list.remove(&id);
        view.update(&list, &changes, 0);
        let seen = |list: &List, rows: &[Row]| rows.iter().map(|row| told(list, *row)).collect::<Vec<_>>();
        let (all, shown) = (list.order().collect::<Vec<_>>(), view.rows().to_vec());
        let (all, shown) = (seen(&list, &all), seen(&list, &shown));
        let selected = seen(&list, &selection.rows().collect::<Vec<_>>());
        let (taken_says, before) = (told(&list, taken), list.rows().capacity());

        assert_eq!(list.compact(4 * COUNT, &[taken]), None, "not for so few");
        let moves = list.compact(1024, &[taken]).expect("three rows of four are gone");
        view.renumber(&moves);
        selection.renumber(&moves);

        assert_eq!(list.rows().end() as usize, COUNT);
        assert!(list.rows().capacity() < before / 2 && list.rows().capacity() < once * 3 / 2);
        assert_eq!(seen(&list, &list.order().collect::<Vec<_>>()), all);
        assert_eq!(seen(&list, view.rows()), shown);
        assert_eq!(view.rows(), View::new(&list, query.clone(), order, 0).rows());
        assert_eq!(seen(&list, &selection.rows().collect::<Vec<_>>()), selected);
        let back = moves.of(taken).expect("it may be restored yet");
        assert_eq!(told(&list, back), taken_says);
        let changes = list.restore(back);
        view.update(&list, &changes, 0);
        assert_eq!(view.rows()[1], back, "it is where it was");
        // The range still begins where it began.
        let shown = view.rows().to_vec();
        selection.extend(&shown, shown[13], false);
        assert_eq!(selection.count_among(&shown[11..14]), 0);
        assert_eq!(list.compact(1024, &[]), None, "nothing is gone any more");
    }

    #[test]
    fn not_while_it_is_read_again() {
        let mut list = List::default();
        for round in 0..4 {
            read(&mut list, round);
        }
        list.begin_again();
        assert_eq!(list.compact(0, &[]), None);
    }
}
