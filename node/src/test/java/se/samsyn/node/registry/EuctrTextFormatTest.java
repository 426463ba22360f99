package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static se.samsyn.node.registry.EuctrDocuments.DENMARK;
import static se.samsyn.node.registry.EuctrDocuments.NUMBER;
import static se.samsyn.node.registry.EuctrDocuments.SWEDEN;
import static se.samsyn.node.registry.EuctrDocuments.protocol;
import static se.samsyn.node.registry.EuctrDocuments.read;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class EuctrTextFormatTest {
    private static final String GENUINE = "euctr_text/euctr_fulltext_10_protocols.txt";

    @Test
    void readsTheGenuineTrialWithASwedishProtocol() {
        RegistryTrial trial = read(genuine()).get(0);

        assertThat(trial.where()).isEqualTo("2022-002568-62");
        assertThat(trial.cells())
                .containsOnly(
                        entry("trial_id", "2022-002568-62"),
                        entry("registry", "euctr"),
                        entry(
                                "title",
                                "A Phase 1/2 Open-Label, Ascending Dose, Multicenter Study to Evaluate the Safety and"
                                        + " Preliminary Efficacy of AVB-101 Administered by Bilateral Intrathalamic"
                                        + " Infusion in Subjects With Frontotemporal Dementia With Progranulin"
                                        + " Mutations (FTD-GRN)"),
                        entry("sponsor", "AviadoBio Ltd"),
                        entry("sponsor_class", "Commercial"),
                        entry("study_type", "EEA CTA"),
                        entry("phase", "Human pharmacology (Phase I)|Therapeutic exploratory (Phase II)"),
                        entry("status", "Ongoing"),
                        entry("planned_participants", "2"),
                        entry("intervention", "drug"),
                        entry("atmp_class", "gtmp"),
                        entry("product", "Recombinant AAV-9 vector expressing the human progranulin protein"),
                        entry("condition_words", "Frontotemporal Dementia With Progranulin Mutations (FTD-GRN)"),
                        entry("rare_disease", "yes"),
                        entry("decision_date", "2023-04-13"),
                        entry("ethics_date", "2023-06-16"));
        assertThat(trial.sites()).isEmpty();
    }

    @Test
    void takesNothingNationalFromTheProtocolsOfOtherCountries() {
        RegistryTrial trial = read(genuine()).get(1);

        assertThat(trial.cells())
                .containsEntry("trial_id", "2021-002179-21")
                .containsEntry("sponsor", "AB Science")
                .containsEntry("phase", "Therapeutic confirmatory (Phase III)")
                .containsEntry("atmp_class", "none")
                .containsEntry("product", "Masitinib")
                .containsEntry("rare_disease", "no")
                .doesNotContainKeys("status", "decision_date", "ethics_date", "planned_participants");
        assertThat(trial.remarks()).anySatisfy(remark -> {
            assertThat(remark.field()).isEqualTo("A.1");
            assertThat(remark.meaning()).contains("those of France - ANSM, ").contains("Hungary");
        });
    }

    @Test
    void keepsNoContactPointOfTheGenuineFile() {
        String text = genuine();
        Set<String> persons = new HashSet<>();
        Matcher contact =
                Pattern.compile("(?m)^B\\.5\\.(?:2|4|5|6|3\\.1) [^:]*: (.+)$").matcher(text);
        while (contact.find()) {
            persons.add(contact.group(1).strip());
        }
        assertThat(persons).contains("Alain Moussy", "S.Zambruno@Medpace.com").hasSizeGreaterThan(8);

        String all = read(text).toString();

        assertThat(persons).noneMatch(all::contains);
        assertThat(read(text))
                .allSatisfy(trial -> assertThat(trial.remarks()).anySatisfy(remark -> {
                    assertThat(remark.field()).isEqualTo("B.5");
                    assertThat(remark.meaning()).matches("contact points: [0-9]+ fields dropped");
                }));
    }

    @Test
    void aSwedishProtocolWinsWhereverItStandsAndTheOthersFillWhatItLacks() {
        String file = protocol(
                        NUMBER,
                        DENMARK,
                        "Trial Status: Prematurely Ended",
                        "E.1.3 Condition being studied is a rare disease: Yes",
                        "E.7.2 Therapeutic exploratory (Phase II): No",
                        "E.7.3 Therapeutic confirmatory (Phase III): Yes")
                + protocol(
                        NUMBER,
                        SWEDEN,
                        "E.1.3 Condition being studied is a rare disease: Information not present in EudraCT",
                        "N. Date of Ethics Committee Opinion:");

        RegistryTrial trial = read(file).get(0);

        assertThat(trial.cells())
                .containsEntry("status", "Completed")
                .containsEntry("phase", "Therapeutic exploratory (Phase II)")
                .containsEntry("rare_disease", "yes")
                .containsEntry("end_date", "2018-02-01")
                .doesNotContainKey("ethics_date");
        assertThat(trial.remarks())
                .contains(new Remark("E.7", "", "left out: " + DENMARK + " says otherwise than " + SWEDEN))
                .noneMatch(remark -> remark.field().equals("Trial Status"));
    }

    @Test
    void takesRegistryNumbersButNeverASponsorsCode() {
        String file = protocol(NUMBER, SWEDEN).replace("\nB. Sponsor", """
                        A.5.1 ISRCTN (International Standard Randomised Controlled Trial) Number: 12345678
                        A.5.2 US NCT (ClinicalTrials.gov registry) number: NCT01234567
                        A.5.4 Other Identifiers:
                        Name:Own Number:KODEN-8

                        B. Sponsor""");

        assertThat(read(file).get(0).cells()).containsEntry("other_ids", "ISRCTN12345678|NCT01234567");
        assertThat(read(file).toString()).doesNotContain("KODEN");
    }

    @Test
    void aValueOverSeveralLinesIsOne() {
        String file =
                protocol(NUMBER, SWEDEN, "A.3 Full title of the trial: A title\nover two lines\r\nand 1. a third: yes");

        assertThat(read(file).get(0).cells()).containsEntry("title", "A title over two lines and 1. a third: yes");
    }

    @ParameterizedTest
    @CsvSource({
        "No,  No,  No,  Yes, sctmp",
        "No,  No,  Yes, Yes, tep",
        "No,  Yes, Yes, Yes, gtmp",
        "Yes, Yes, No,  No,  combined"
    })
    void namesTheClassOfAnAdvancedTherapy(String device, String gene, String tissue, String cell, String atmpClass) {
        String file = protocol(
                NUMBER,
                SWEDEN,
                "D.3.11.3 Advanced Therapy IMP (ATIMP): Yes",
                "D.3.11.3.1 Somatic cell therapy medicinal product: " + cell,
                "D.3.11.3.2 Gene therapy medical product: " + gene,
                "D.3.11.3.3 Tissue Engineered Product: " + tissue,
                "D.3.11.3.4 Combination ATIMP (i.e. one involving a medical device): " + device);

        assertThat(read(file).get(0).cells())
                .containsEntry("atmp_class", atmpClass)
                .containsEntry("intervention", device.equals("Yes") ? "both" : "drug");
    }

    @Test
    void aComparatorMakesNoAdvancedTherapy() {
        String comparator = """

                D.IMP: 2
                D.1.2 and D.1.3 IMP Role: Comparator
                D.3.1 Product name: Other
                D.3.11.3 Advanced Therapy IMP (ATIMP): Yes
                """;
        String file = protocol(NUMBER, SWEDEN).replace("\nE. General", comparator + "\nE. General");

        assertThat(read(file).get(0).cells())
                .containsEntry("atmp_class", "none")
                .containsEntry("product", "Inventin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00/01/1900", "2015-02-30", "JSON_ERROR_HERE"})
    void readsAnImpossibleDateAsMissingAndSaysSo(String date) {
        String field = "N. Date of Competent Authority Decision";
        RegistryTrial trial =
                read(protocol(NUMBER, SWEDEN, field + ": " + date)).get(0);

        assertThat(trial.cells()).doesNotContainKey("decision_date");
        assertThat(trial.remarks()).contains(new Remark(field, date, "left out: not a date that the calendar has"));
    }

    @Test
    void aPhaseIsKnownOnlyIfAllFourAreAnswered() {
        RegistryTrial trial = read(protocol(NUMBER, SWEDEN, "E.7.1 Human pharmacology (Phase I): JSON_ERROR_HERE"))
                .get(0);

        assertThat(trial.cells()).doesNotContainKey("phase");
        assertThat(trial.remarks()).anyMatch(remark -> remark.field().equals("E.7.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Professor Ingen Alls", "Ingen Alls", "Dr. I. Alls, Kliniken"})
    void dropsASponsorWhoIsAPerson(String name) {
        RegistryTrial trial =
                read(protocol(NUMBER, SWEDEN, "B.1.1 Name of Sponsor: " + name)).get(0);

        assertThat(trial.cells()).doesNotContainKey("sponsor");
        assertThat(trial.remarks()).contains(new Remark("B.1.1", "", "left out: looks like a person's name"));
    }

    @Test
    void refusesAProtocolThatIsCutOff() {
        String file = protocol(NUMBER, SWEDEN);

        assertThatThrownBy(() -> read(file.substring(0, file.indexOf("P. End of Trial"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(NUMBER + ", " + SWEDEN)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> read(file.substring(file.indexOf("E. General")) + file))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("cut off at its top");
    }

    @Test
    void refusesAProtocolThatContradictsItself() {
        String file = protocol(NUMBER, SWEDEN);

        assertThatThrownBy(() -> read(file.replace("A.2 EudraCT number: 2015", "A.2 EudraCT number: 2016")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("A.2");
        assertThatThrownBy(() ->
                        read(file.replace("A.1 Member State Concerned: Sweden", "A.1 Member State Concerned: Norway")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("A.1");
        assertThatThrownBy(() -> read(file.replace(
                        "F.4.1 In the member state: 40",
                        "F.4.1 In the member state: 40\nF.4.1 In the member state: 41")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("F.4.1")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> read(protocol("KODEN-7", SWEDEN)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("such as 2018-001234-12");
    }

    @Test
    void recognisesFullDetailsAndNotTheRegistersShortSummaries() {
        assertThat(recognises(protocol(NUMBER, SWEDEN))).isTrue();
        assertThat(recognises("Summary\nEudraCT Number: " + NUMBER + "\nSponsor Name: X\n"))
                .isFalse();
        assertThat(recognises("trial_id,title\n" + NUMBER + ",A.2 EudraCT number:\n"))
                .isFalse();
    }

    /** Whatever happens to a file, a cell that comes of it stood in it, or the file is refused. */
    @Test
    void damageGivesARefusalOrNothingThatDoesNotStandInTheFile() {
        Random random = new Random(7);
        String whole = protocol(NUMBER, DENMARK) + protocol(NUMBER, SWEDEN) + protocol("2016-004321-21", SWEDEN);
        List<Map<String, String>> sound =
                read(whole).stream().map(RegistryTrial::cells).toList();
        int refused = 0;
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            String damaged = damage(whole, random);
            String words = TrialCells.words(damaged);
            try {
                for (RegistryTrial trial : read(damaged)) {
                    taken++;
                    assertThat(trial.cells()).containsKey("trial_id").containsEntry("registry", "euctr");
                    trial.cells()
                            .forEach((column, value) -> assertThat(isSound(column, value, sound, words))
                                    .as("%s: %s", column, value)
                                    .isTrue());
                }
            } catch (MalformedException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).isGreaterThan(50);
        assertThat(taken).isGreaterThan(100);
    }

    private static boolean isSound(String column, String value, List<Map<String, String>> sound, String text) {
        return sound.stream().anyMatch(cells -> value.equals(cells.get(column)))
                || text.contains(value)
                || List.of("atmp_class", "intervention", "rare_disease").contains(column)
                || (value.contains("|") && List.of(value.split("\\|")).stream().allMatch(text::contains));
    }

    /** Cuts, doubles, moves or spoils lines or characters. */
    private static String damage(String text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(300));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> text.substring(0, from) + (char) ('0' + random.nextInt(70)) + text.substring(from + 1);
            default -> text.substring(0, from) + "\n" + text.substring(from);
        };
    }

    private static boolean recognises(String text) {
        return new EuctrTextFormat().recognises(new RegistryDocument("file.txt", text, Optional.empty()));
    }

    private static String genuine() {
        return new String(SharedDocuments.bytes(GENUINE), StandardCharsets.UTF_8);
    }
}
