//! Compares a schema with a composition that has it as one of several members: the other members
//! were added or removed.

use super::similar::{Shape, shape};
use super::view::View;
use super::{Comparison, NodeRef};

impl<'a> Comparison<'a> {
    /// Reports the other members of a composition on one side that has the schema of the other side
    /// as a member. Returns whether the schemas are of this form.
    pub(super) fn wrapped(&mut self, base: &View<'a>, head: &View<'a>) -> bool {
        for key in ["allOf", "oneOf", "anyOf"] {
            let was_added = match (base.get(key), head.get(key)) {
                (None, Some(_)) => true,
                (Some(_), None) => false,
                _ => continue,
            };
            let (one, whole) = if was_added {
                (base, head)
            } else {
                (head, base)
            };
            let is_union = key != "allOf";
            // A member of a union that is no union itself makes another type.
            if is_union && !self.is_union(one, was_added) || !whole.is_only(key) {
                continue;
            }
            let Some(others) = self.others(one, whole, key, was_added) else {
                continue;
            };
            for member in others {
                let rule = self.member_rule(key, &member, was_added);
                if was_added {
                    self.emit(rule, None, Some(&member))
                } else {
                    self.emit(rule, Some(&member), None)
                }
            }
            return true;
        }
        false
    }

    /// Returns the members of `whole` other than `one`, or `None` if it is no member.
    fn others(
        &self,
        one: &View<'a>,
        whole: &View<'a>,
        key: &str,
        was_added: bool,
    ) -> Option<Vec<NodeRef<'a>>> {
        let list = whole.get(key)?;
        let mut members: Vec<NodeRef<'a>> = list.items().collect();
        let index = members.iter().position(|member| {
            let member = View::schema(member);
            let (base, head) = if was_added {
                (one, &member)
            } else {
                (&member, one)
            };
            match (base.reference(), head.reference()) {
                (Some(old), Some(new)) => self.renames.same(old, new),
                (None, None) => {
                    shape(base) == shape(head)
                        && self.rules_between(base.clone(), head.clone()).is_empty()
                }
                _ => false,
            }
        })?;
        members.remove(index);
        (!members.is_empty()).then_some(members)
    }

    fn is_union(&self, view: &View<'a>, is_base: bool) -> bool {
        let document = if is_base { self.base } else { self.head };
        let target = self.followed(view.clone(), document);
        view.reference().is_some() && matches!(shape(&target), Shape::Composed("oneOf" | "anyOf"))
    }
}
