/**
 * National views: the pure function from definitions, verified logs, a basis and a query to figures with their honesty
 * attached.
 *
 * <p>{@link se.samsyn.protocol.view.NationalPicture} folds the logs: {@code LiveHeads} finds each chain's head, {@code
 * HeadCheck} judges its body, {@code TableCells} and {@code RegisterMerge} keep the accepted ones merged. Its answer to
 * a {@link se.samsyn.protocol.view.ViewQuery} is a {@link se.samsyn.protocol.view.NationalView}, whose canonical JSON
 * ({@code view.schema.json}) is the same on every node and holds:
 *
 * <ul>
 *   <li>{@code dataset}, {@code definition} (hash), {@code title}, {@code query}, {@code basis}: what was asked, and of
 *       which state;
 *   <li>{@code periods}, {@code dimensions}, {@code measures}, and {@code codes} with each dimension's codes and their
 *       labels, in order: all that a table or plot needs;
 *   <li>{@code rows}: period, the code of each dimension, {@code values} by measure, each {@code {"exact":n}}, {@code
 *       {"from":a,"to":b}} (pooled with other cells) or {@code {"atLeast":n}} (a member's part is not told), and {@code
 *       states}, how many members stand behind the row in which way. Rows come by period and then in the order of the
 *       codes. <b>A row that is not there is exactly zero</b>: wherever anything is pooled or not told, the row is
 *       shown;
 *   <li>{@code totals}: the same for each period over all rows. A pool is counted once, so that totals stay exact; a
 *       trial is counted once, however many regions have a site; {@code inhabitantsTold}: how many people live where the
 *       members speak for that told their part, if the definition has {@code population};
 *   <li>{@code derived}: what the query derives from the figures ({@link se.samsyn.protocol.view.Derivation}), each with the
 *       doubt of what it is made of;
 *   <li>{@code coverage}: the members that told their part of all, some or none of the periods, those whose logs are
 *       stale, and, with {@code population}, how many inhabitants there are in all and when they were counted;
 *   <li>{@code members}: scope, freshness ({@code ageSeconds} at the basis' instant; absent if no checkpoint is under
 *       quorum), runs of {@code periods} of one {@code state}, with the {@code reason} if it is rejected or not comparable,
 *       and the newest entries that were rejected; and {@code accused} where evidence proves that the log's key signed two
 *       histories: which key, what it did, and the size from which on nothing of the log is merged;
 *   <li>{@code versions} and {@code breaks}, where some part is told under an older version of the definition: which versions with
 *       their hashes, and where which members go over from one to another ({@code VersionBreaks}). {@code members} have the
 *       {@code version} of each run of periods that is told under an older one;
 *   <li>{@code conflicts} (registers): how many trials of these periods the members disagree on, by attribute, and the
 *       first of them;
 *   <li>{@code notes}: what a reader must know beside the figures, as a word and as a sentence in Swedish and English.
 * </ul>
 */
@NullMarked
package se.samsyn.protocol.view;

import org.jspecify.annotations.NullMarked;
