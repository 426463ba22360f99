package se.samsyn.protocol.dataset;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two small definitions, one of each kind, for the tests of every package that needs one. */
public final class TestDefinitions {
    private static final String COSTS = """
            {"dataset":"costs","version":1,"record":"cost-item","title":{"sv":"Kostnader","en":"Costs"},
             "period":{"granularity":"quarter","field":"date","first":"2024-Q1","dueDays":45,"open":false},
             "dimensions":[{"name":"home-region","field":"homeRegion","codes":"region"}],
             "measures":[{"name":"participants","aggregate":"distinct","field":"participant"},
               {"name":"items","aggregate":"count"},
               {"name":"amountOre","aggregate":"sum","field":"amountOre",
                "except":{"field":"category","codes":["credit-note"]}},
               {"name":"creditOre","aggregate":"sum","field":"amountOre",
                "only":{"field":"category","codes":["credit-note"]}}],
             "tables":[{"name":"home-region","dimensions":["home-region"],
               "measures":["participants","items","amountOre","creditOre"],
               "disclosure":{"persons":"participants","contributor":"trial","k":5,"dominancePercent":85}}],
             "population":"place"}
            """;

    private static final String TRIALS = """
            {"dataset":"trials","version":1,"record":"trial","title":{"sv":"Prövningar","en":"Trials"},
             "period":{"granularity":"year","field":"start","first":"2018","dueDays":90,"open":true},
             "register":{"identifiers":"ids","start":"start","attributes":[
               {"name":"phase","field":"phase","codes":"phase"},
               {"name":"sponsor-class","field":"sponsorClass","codes":"sponsor-class"}],
              "places":{"name":"region","field":"places","codes":"place"}},
             "population":"place",
             "comparisons":[{"name":"applications","title":{"sv":"Ansökningar","en":"Applications"},
               "source":"the agency's year book","byYear":{"2012":320,"2019":235,"2020":231}}]}
            """;

    private static final String OPEN_TRIALS = """
             "terms":[{"name":"condition","field":"conditions","type":"icd-10-se"},
               {"name":"product","field":"product","type":"codes","codes":"product"}],
             "sites":{"field":"sites","roles":"site-role","hospitals":"hospital"},
             "overlap":{"status":"status","before":["approved"],"open":["recruiting"],"over":["completed"],
               "never":["refused"]},
            """;

    private static final String MEASURES = """
            {"dataset":"measures","version":1,"record":"measure-status","title":{"sv":"Förslagen","en":"The proposals"},
             "period":{"granularity":"year","field":"date","first":"2020","dueDays":90,"open":true},
             "dimensions":[{"name":"proposal","field":"proposal","codes":"proposal"},
               {"name":"colour","field":"colour","codes":"colour"}],
             "measures":[{"name":"statuses","aggregate":"count"}],
             "tables":[{"name":"proposal","dimensions":["proposal","colour"],"measures":["statuses"]}],
             "keeper":"-"}
            """;

    private static final String CAPACITY = """
            {"dataset":"capacity","version":1,"record":"trial-unit","title":{"sv":"Enheter","en":"Units"},
             "period":{"granularity":"year","field":"date","first":"2020","dueDays":90,"open":true},
             "dimensions":[{"name":"region","field":"region","codes":"place"},
               {"name":"phase","field":"phase","codes":"phase"}],
             "measures":[{"name":"beds","aggregate":"sum","field":"beds"}],
             "tables":[{"name":"region","dimensions":["region","phase"],"measures":["beds"]}]}
            """;

    private static final String LEAD_TIMES = """
            {"dataset":"lead-times","version":1,"record":"lead-time","title":{"sv":"Ledtider","en":"Lead times"},
             "period":{"granularity":"year","field":"start","first":"2020","dueDays":90,"open":true},
             "dimensions":[{"name":"phase","field":"phase","codes":"phase"},
               {"name":"days","field":"days","codes":"days"}],
             "measures":[{"name":"steps","aggregate":"count"}],
             "tables":[{"name":"phase-days","dimensions":["phase","days"],"measures":["steps"]},
               {"name":"phase","dimensions":["phase"],"measures":["steps"]}]}
            """;

    private static final String UNITS = """
            {"dataset":"units","version":1,"record":"trial-unit","title":{"sv":"Enheter","en":"Units"},
             "period":{"granularity":"quarter","field":"quarter","first":"2021-Q1","dueDays":45,"open":true},
             "roster":{"id":"id","counts":"units","columns":[
               {"name":"hospital","field":"hospital","type":"code","codes":"hospital"},
               {"name":"class","field":"sponsorClass","type":"code","codes":"sponsor-class"},
               {"name":"qualified","field":"qualified","type":"code","codes":"yes-no"},
               {"name":"products","field":"products","type":"codes","codes":"product"},
               {"name":"room","field":"room","type":"number"}],
              "places":{"name":"region","field":"region","codes":"place"}},
             "population":"place"}
            """;

    private static final String RESERVE = """
             "reserve":{"dataset":"units","room":"room","hospital":"hospital","roles":["reserve"],"requirements":[
               {"attribute":"sponsor-class","column":"class"},
               {"attribute":"phase","codes":["I","I/II"],"column":"qualified","needs":["yes"]}]},
            """;

    private static final String STEPS = """
             "milestones":[{"name":"submitted","field":"submitted","type":"date"},
               {"name":"validated","field":"validated","type":"date"},
               {"name":"decision","field":"decision","type":"date"}],
             "steps":[
               {"name":"submitted-to-validated","label":{"sv":"A","en":"A"},"from":"submitted","to":"validated"},
               {"name":"validated-to-decision","label":{"sv":"B","en":"B"},"from":"validated","to":"decision"},
               {"name":"submitted-to-decision","label":{"sv":"C","en":"C"},"from":"submitted","to":"decision"},
               {"name":"decision-to-start","label":{"sv":"D","en":"D"},"from":"decision","to":"start"}],
            """;

    private static final String GRANTS = """
            {"dataset":"grant-dues","version":1,"record":"grant","title":{"sv":"Bidrag","en":"Grants"},
             "period":{"granularity":"year","field":"year","first":"2021","dueDays":120,"open":true},
             "roster":{"counts":"grants","columns":[
               {"name":"programme","field":"programme","type":"code","codes":"sponsor-class"},
               {"name":"repay","field":"repay","type":"number"},
               {"name":"report-due","field":"reportDue","type":"date"},
               {"name":"reported","field":"reported","type":"date"},
               {"name":"repay-due","field":"repayDue","type":"date"}],
              "due":{"by":"programme","dues":[{"name":"report","date":"report-due","done":"reported"},
                {"name":"repayment","date":"repay-due","amount":"repay"}]}}}
            """;

    private static final String QUALITY = """
            {"dataset":"quality","version":1,"record":"finding","title":{"sv":"Kvalitet","en":"Quality"},
             "period":{"granularity":"year","field":"year","first":"2018","dueDays":90,"open":true},
             "dimensions":[{"name":"kind","field":"kind","codes":"finding"}],
             "measures":[{"name":"findings","aggregate":"count"}],
             "tables":[{"name":"kind","dimensions":["kind"],"measures":["findings"]}],
             "conflicts":"trials"}
            """;

    private static final String SETTLEMENT = """
            {"dataset":"settlement","version":1,"record":"settled-total","title":{"sv":"Avräkning","en":"Settlement"},
             "period":{"granularity":"quarter","field":"quarter","first":"2024-Q1","dueDays":45,"open":false},
             "roster":{"counts":"outcomes","columns":[
               {"name":"issuer","field":"issuer","type":"member"},
               {"name":"payer","field":"payer","type":"member"},
               {"name":"agreement","field":"agreement","type":"sha256"},
               {"name":"outcome","field":"outcome","type":"code","codes":"outcome"},
               {"name":"lines","field":"lines","type":"number"},
               {"name":"amount","field":"amountOre","type":"number"},
               {"name":"payer-amount","field":"payerAmountOre","type":"number"},
               {"name":"participants","field":"participants","type":"number"}],
              "settlement":{"issuer":"issuer","payer":"payer","agreement":"agreement","outcome":"outcome",
                "settled":"matched","withheld":"withheld","lines":"lines","amount":"amount",
                "payerAmount":"payer-amount","persons":"participants","k":5}},
             "population":"place"}
            """;

    private static final Map<String, String> MORE_CODE_LISTS = Map.of(
            "finding", codeList("finding", "duplicate", "missing-milestone"),
            "outcome", codeList("outcome", "matched", "disputed", "withheld"),
            "yes-no", codeList("yes-no", "yes", "no", "unknown"),
            "status", codeList("status", "approved", "recruiting", "completed", "refused", "unknown"),
            "product", codeList("product", "alpha-cel", "beta-vec"),
            "site-role", codeList("site-role", "main", "ordinary", "reserve", "unknown"),
            "hospital", codeList("hospital", "north-hospital", "south-hospital", "unknown"));

    private static final Map<String, String> CODE_LISTS = Map.of(
            "proposal", codeList("proposal", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"),
            "days", "{\"name\":\"days\",\"upTo\":365}",
            "colour", codeList("colour", "green", "yellow", "red"),
            "region", codeList("region", "01#2000000", "03#400000", "12#1000000", "13#300000", "14#1500000", "unknown"),
            "phase", codeList("phase", "I", "I/II", "II", "III", "none", "unknown"),
            "sponsor-class", codeList("sponsor-class", "commercial", "non-commercial", "unknown"),
            "place",
                    codeList(
                            "place",
                            "01#2000000",
                            "03#400000",
                            "12#1000000",
                            "13#300000",
                            "14#1500000",
                            "1380>13#200000",
                            "1382>13#100000",
                            "-"));

    private TestDefinitions() {}

    public static DatasetDefinition costs() {
        return DatasetDefinition.parse(resolve(COSTS));
    }

    public static DatasetDefinition trials() {
        return DatasetDefinition.parse(resolve(TRIALS));
    }

    /** A register that also tells status, ends, conditions, products and sites, and when a trial is open. */
    public static DatasetDefinition openTrials() {
        return DatasetDefinition.parse(resolve(authoredOpenTrials()));
    }

    /** A roster of units, each with a hospital, a therapy area, whether it is qualified, beds and room. */
    public static DatasetDefinition units() {
        return DatasetDefinition.parse(resolve(UNITS));
    }

    /** The same register, with how reserve sites are found among units. */
    public static DatasetDefinition trialsWithReserves() {
        return DatasetDefinition.parse(resolve(authoredOpenTrials().replace("\"overlap\":", RESERVE + "\"overlap\":")));
    }

    /** The register with status, ends and terms, which also tells milestones, and the steps between them. */
    public static DatasetDefinition timedTrials() {
        return DatasetDefinition.parse(resolve(authoredTimedTrials()));
    }

    static String authoredTimedTrials() {
        return authoredOpenTrials().replace("\"overlap\":", STEPS + "\"overlap\":");
    }

    /** A roster of grants with dates by which something is due. */
    public static DatasetDefinition grants() {
        return DatasetDefinition.parse(resolve(GRANTS));
    }

    /** Counts of findings, beside the conflicts of the register {@link #trials}. */
    public static DatasetDefinition quality() {
        return DatasetDefinition.parse(resolve(QUALITY));
    }

    static String authoredQuality() {
        return QUALITY;
    }

    /** A roster of what pairs of members have settled. */
    public static DatasetDefinition settlement() {
        return DatasetDefinition.parse(resolve(SETTLEMENT));
    }

    static String authoredSettlement() {
        return SETTLEMENT;
    }

    static String authoredUnits() {
        return UNITS;
    }

    static String authoredGrants() {
        return GRANTS;
    }

    static String authoredTrialsWithReserves() {
        return authoredOpenTrials().replace("\"overlap\":", RESERVE + "\"overlap\":");
    }

    static String authoredOpenTrials() {
        return TRIALS.replace(
                        "\"codes\":\"sponsor-class\"}],",
                        "\"codes\":\"sponsor-class\"},{\"name\":\"status\",\"field\":\"status\",\"codes\":\"status\"}],"
                                + OPEN_TRIALS)
                .replace("\"start\":\"start\",", "\"start\":\"start\",\"end\":\"end\",");
    }

    /** One open table, kept by the member whose scope is {@code -}. */
    public static DatasetDefinition measures() {
        return DatasetDefinition.parse(resolve(MEASURES));
    }

    /** The same, kept for all by the member that speaks for a place. */
    public static DatasetDefinition measuresKeptBy(String place) {
        return DatasetDefinition.parse(resolve(MEASURES.replace("\"keeper\":\"-\"", "\"keeper\":\"" + place + "\"")));
    }

    /** One open table by place, where places lie within others, and phase. */
    public static DatasetDefinition capacity() {
        return DatasetDefinition.parse(resolve(CAPACITY));
    }

    /** Open tables, of which one counts by number of days. */
    public static DatasetDefinition leadTimes() {
        return DatasetDefinition.parse(resolve(LEAD_TIMES));
    }

    /** Refused: one table is about persons, the other is not. */
    public static DatasetDefinition mixed() {
        return DatasetDefinition.parse(resolve(COSTS.replace(
                "\"tables\":[",
                "\"tables\":[{\"name\":\"open\",\"dimensions\":[\"home-region\"],\"measures\":[\"items\"]},")));
    }

    static String authoredCosts() {
        return COSTS;
    }

    static String authoredTrials() {
        return TRIALS;
    }

    static byte[] resolve(String authored) {
        return DatasetDefinition.resolve(bytes(authored), TestDefinitions::codeListNamed);
    }

    static byte[] codeListNamed(String name) {
        String list = CODE_LISTS.getOrDefault(name, MORE_CODE_LISTS.get(name));
        return list == null ? null : bytes(list);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A code list from entries, each written {@code X} with, as it may be, {@code >parent} and {@code #inhabitants} behind it. */
    static String codeList(String name, String... entries) {
        Map<String, String> parents = new LinkedHashMap<>();
        boolean counted = false;
        for (String entry : entries) {
            List<String> people = List.of(entry.split("#", 2));
            List<String> parts = List.of(people.get(0).split(">", 2));
            counted |= people.size() > 1;
            parents.put(
                    parts.get(0),
                    (parts.size() == 1 ? "" : ",\"parent\":\"" + parts.get(1) + "\"")
                            + (people.size() == 1 ? "" : ",\"inhabitants\":" + people.get(1)));
        }
        String day = counted ? ",\"countedOn\":\"2019-12-31\"" : "";
        StringBuilder list = new StringBuilder("{\"name\":\"" + name + "\"" + day + ",\"codes\":[");
        String separator = "";
        for (Map.Entry<String, String> code : parents.entrySet()) {
            list.append(separator)
                    .append("{\"code\":\"")
                    .append(code.getKey())
                    .append("\",\"label\":{\"sv\":\"")
                    .append(code.getKey())
                    .append(" på svenska\",\"en\":\"")
                    .append(code.getKey())
                    .append(" in English\"}")
                    .append(code.getValue())
                    .append('}');
            separator = ",";
        }
        return list.append("]}").toString();
    }
}
