package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Invented files in the EU register's text format. */
final class EuctrDocuments {
    static final String SWEDEN = "Sweden - MPA";
    static final String DENMARK = "Denmark - DHMA";
    static final String NUMBER = "2015-001234-12";

    private EuctrDocuments() {}

    /** One country's protocol with the lines that a trial has at least; and other lines for some of its fields. */
    static String protocol(String number, String authority, String... others) {
        List<String> lines = new ArrayList<>(List.of(
                "Summary",
                "EudraCT Number: " + number,
                "Sponsor's Protocol Code Number: KODEN-7",
                "National Competent Authority: " + authority,
                "Clinical Trial Type: EEA CTA",
                "Trial Status: Completed",
                "",
                "A. Protocol Information",
                "A.1 Member State Concerned: " + authority,
                "A.2 EudraCT number: " + number,
                "A.3 Full title of the trial: An invented trial",
                "",
                "B. Sponsor Information",
                "Sponsor 1",
                "B.1.1 Name of Sponsor: Påhittade sjukhuset",
                "B.3.1 and B.3.2\tStatus of the sponsor: Non-Commercial",
                "B.5 Contact point designated by the sponsor for further information on the trial",
                "B.5.2 Functional name of contact point: Ingen Alls",
                "B.5.6 E-mail: ingen@example.com",
                "",
                "D. IMP Identification",
                "D.IMP: 1",
                "D.1.2 and D.1.3 IMP Role: Test",
                "D.3.1 Product name: Inventin",
                "D.3.11.3 Advanced Therapy IMP (ATIMP): No",
                "D.3.11.3.1 Somatic cell therapy medicinal product: No",
                "D.3.11.3.2 Gene therapy medical product: No",
                "D.3.11.3.3 Tissue Engineered Product: No",
                "D.3.11.3.4 Combination ATIMP (i.e. one involving a medical device): No",
                "D.3.11.4 Combination product that includes a device, but does not involve an Advanced Therapy: No",
                "",
                "E. General Information on the Trial",
                "E.1.1 Medical condition(s) being investigated: Invented fever",
                "E.1.3 Condition being studied is a rare disease: No",
                "E.3 Principal inclusion criteria: anybody",
                "E.7 Trial type and phase",
                "E.7.1 Human pharmacology (Phase I): No",
                "E.7.2 Therapeutic exploratory (Phase II): Yes",
                "E.7.3 Therapeutic confirmatory (Phase III): No",
                "E.7.4 Therapeutic use (Phase IV): No",
                "",
                "F. Population of Trial Subjects",
                "F.4.1 In the member state: 40",
                "F.4.2.2 In the whole clinical trial: 90",
                "",
                "N. Review by the Competent Authority or Ethics Committee in the country concerned",
                "N. Competent Authority Decision: Authorised",
                "N. Date of Competent Authority Decision: 2015-05-18",
                "N. Ethics Committee Opinion of the trial application: Favourable",
                "N. Date of Ethics Committee Opinion: 2015-04-03",
                "",
                "P. End of Trial",
                "P. End of Trial Status: Completed",
                "P. Date of the global end of the trial: 2018-02-01"));
        for (String other : others) {
            Optional<String> old = lines.stream()
                    .filter(line -> line.startsWith(other.substring(0, other.indexOf(':') + 1)))
                    .findFirst();
            lines.set(lines.indexOf(old.orElseThrow(() -> new IllegalArgumentException(other))), other);
        }
        return String.join("\n", lines) + "\n";
    }

    static List<RegistryTrial> read(String text) {
        return new EuctrTextFormat().read(new RegistryDocument("file.txt", text, Optional.empty()));
    }
}
