package se.samsyn.cli.demo;

import java.util.List;

/**
 * A member of the demo network.
 *
 * @param folder of its records below {@code config/demo}, and of its files
 * @param scope the places that it speaks for
 */
record DemoMember(String folder, String scope) {
    /** The demo network's name. */
    static final String NETWORK = "demo.samsyn.example";

    /** Läkemedelsverket's node, which holds the trials whose region is unknown, and no costs. */
    static final String AGENCY = "lakemedelsverket";

    /** The six healthcare regions (samverkansregioner) and the agency. Halland is split by municipality. */
    static final List<DemoMember> ALL = List.of(
            new DemoMember("norra", "22,23,24,25"),
            new DemoMember("mellansverige", "03,04,17,18,19,20,21"),
            new DemoMember("stockholm-gotland", "01,09"),
            new DemoMember("vastra", "14,1382,1383,1384"),
            new DemoMember("sydostra", "05,06,08"),
            new DemoMember("sodra", "07,10,12,1315,1380,1381"),
            new DemoMember(AGENCY, "-"));

    String node() {
        return folder + "." + NETWORK;
    }

    boolean hasCosts() {
        return !folder.equals(AGENCY);
    }

    /** The first county of the member that comes after it: there its guests are from. */
    String sendsGuests() {
        List<DemoMember> members = ALL.stream().filter(DemoMember::hasCosts).toList();
        DemoMember next = members.get((members.indexOf(this) + 1) % members.size());
        return next.scope.substring(0, 2);
    }
}
