/**
 * Private: what registries and agencies deliver, each format read into the cells of {@code trial.csv} and {@code site.csv}, in the
 * registry's own words. What the cells mean is for the record importer, which holds them to the same forms and vocabularies as CSV. Pure.
 * Nothing that serves, mirrors or merges may name a type from here.
 */
@NullMarked
package se.samsyn.node.registry;

import org.jspecify.annotations.NullMarked;
