package se.samsyn.cli.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;

/**
 * Makes what the demo's members have beside trials and costs, because no public source has it one by one: trial units, ATMP centres,
 * grants, patients by condition, and who took part in trials. The hospitals are real, all else is invented, and every row says so in its
 * {@code source}. The same seed and member give the same text.
 */
final class SyntheticCare {
    /** The counties with a university hospital. */
    private static final Map<String, String> HOSPITALS = new TreeMap<>(Map.of(
            "01", "Karolinska universitetssjukhuset",
            "03", "Akademiska sjukhuset",
            "05", "Universitetssjukhuset i Linköping",
            "12", "Skånes universitetssjukhus",
            "14", "Sahlgrenska universitetssjukhuset",
            "18", "Universitetssjukhuset Örebro",
            "24", "Norrlands universitetssjukhus"));

    private static final List<String> AREAS = List.of("oncology", "haematology", "neurology", "cardiology");
    private static final List<String> YES_NO = List.of("yes", "no");
    private static final List<String> REQUIREMENTS =
            List.of("apheresis", "cryogenic-storage", "gmo-handling", "intensive-care", "pharmacy");
    private static final List<String> PRODUCTS =
            List.of("axicabtagene ciloleucel", "tisagenlecleucel", "onasemnogene abeparvovec", "voretigene neparvovec");
    private static final List<String> STATES = List.of("qualified", "treating", "reserve");
    private static final List<String> PROGRAMMES = List.of("state-grant", "clinical-therapy-research", "alf");
    private static final List<String> CONDITIONS = List.of("C00-C80", "C81-C96", "E00-E90", "G00-G99", "I00-I99");
    private static final List<String> AGES = List.of("0-17", "18-39", "40-64", "65-79", "80-");
    private static final List<String> SEXES = List.of("female", "male");
    private static final int UNITS = 3;
    private static final int GRANT_YEARS = 3;
    private static final int MANY_PATIENTS = 900;
    private static final int TRIALS = 6;
    private static final int MONTHS = 3;
    private static final int INFORMED = 30;
    private static final long KRONOR = 100;
    private static final int COUNTY_LENGTH = 2;

    private final long seed;

    SyntheticCare(long seed) {
        this.seed = seed;
    }

    /** The files of a member, by the kind of record. */
    Map<String, String> files(DemoMember member, List<StudySite> sites, Period quarter) {
        List<String> counties = Stream.of(member.scope().split(","))
                .filter(place -> place.length() == COUNTY_LENGTH)
                .toList();
        int year = quarter.firstDay().getYear();
        Map<String, String> files = new TreeMap<>();
        files.put("trial-unit", units(counties, quarter));
        files.put("atmp-centre", centres(counties));
        files.put("grant", grants(counties, year));
        files.put("cohort-count", cohorts(counties, year - 1));
        files.put("participation", participation(member, sites, quarter));
        return files;
    }

    private String units(List<String> counties, Period quarter) {
        List<String> rows = new ArrayList<>();
        for (String county : withHospital(counties)) {
            SplittableRandom random = random("units", county);
            for (int i = 1; i <= UNITS; i++) {
                rows.add(row(
                        "unit-" + county + "-" + i,
                        quarter.toString(),
                        HOSPITALS.getOrDefault(county, ""),
                        county,
                        pick(AREAS, random),
                        number(random, 4, 50),
                        number(random, 9, 100),
                        number(random, 4, 50),
                        number(random, 12, 1),
                        pick(YES_NO, random),
                        pick(YES_NO, random),
                        pick(YES_NO, random),
                        pick(REQUIREMENTS, random),
                        number(random, 5, 1)));
            }
        }
        return csv(
                "unit_id,quarter,hospital,region,therapy_area,physician_percent,nurse_percent,coordinator_percent,beds,gmp,gmo,"
                        + "atmp_qualified,requirements_met,free_slots",
                rows);
    }

    private String centres(List<String> counties) {
        List<String> rows = new ArrayList<>();
        for (String county : withHospital(counties)) {
            SplittableRandom random = random("centres", county);
            for (String product : PRODUCTS) {
                if (random.nextBoolean()) {
                    String since = (2021 + random.nextInt(4)) + "-0" + (1 + random.nextInt(9));
                    rows.add(row(
                            product, HOSPITALS.getOrDefault(county, ""), county, pick(STATES, random), "gtmp", since));
                }
            }
        }
        return csv("product,hospital,region,state,atmp_class,since_date", rows);
    }

    private String grants(List<String> counties, int lastYear) {
        List<String> rows = new ArrayList<>();
        for (String county : counties) {
            SplittableRandom random = random("grants", county);
            for (int year = lastYear - GRANT_YEARS + 1; year <= lastYear; year++) {
                long amount = (1 + random.nextInt(90)) * 100_000L * KRONOR;
                long used = amount * random.nextInt(50, 101) / 100;
                boolean isReported = year < lastYear;
                rows.add(row(
                        "grant-" + county + "-" + year,
                        pick(PROGRAMMES, random),
                        Integer.toString(year),
                        Long.toString(amount),
                        Long.toString(used),
                        Long.toString(isReported ? amount - used : 0),
                        (year + 1) + "-02-28",
                        isReported && random.nextInt(4) > 0 ? (year + 1) + "-02-15" : "",
                        (year + 1) + "-12-31"));
            }
        }
        return csv(
                "grant_id,programme,year,amount_ore,used_ore,to_be_repaid_ore,report_due_date,reported_date,repayment_due_date",
                rows);
    }

    private String cohorts(List<String> counties, int year) {
        List<String> rows = new ArrayList<>();
        for (String county : counties) {
            SplittableRandom random = random("cohorts", county);
            for (String condition : CONDITIONS) {
                for (String age : AGES) {
                    for (String sex : SEXES) {
                        // rare at both ends of life, and now and then nobody
                        int patients = random.nextInt(random.nextInt(4) == 0 ? 8 : MANY_PATIENTS);
                        if (patients > 0) {
                            rows.add(row(
                                    Integer.toString(year), county, condition, age, sex, Integer.toString(patients)));
                        }
                    }
                }
            }
        }
        return csv("year,region,condition_group,age_band,sex,patients", rows);
    }

    private String participation(DemoMember member, List<StudySite> sites, Period quarter) {
        List<String> rows = new ArrayList<>();
        SplittableRandom random = random("participation", member.folder());
        for (StudySite site : anySites(sites, random)) {
            String guest = pick(SyntheticCosts.REGIONS, random);
            for (int month = 0; month < MONTHS; month++) {
                String when =
                        YearMonth.from(quarter.firstDay()).plusMonths(month).toString();
                for (String home : guest.equals(site.region()) ? List.of(guest) : List.of(site.region(), guest)) {
                    int informed = 5 + random.nextInt(INFORMED);
                    int offered = random.nextInt(informed + 1);
                    int consented = random.nextInt(offered + 1);
                    rows.add(row(
                            site.trial(),
                            home,
                            site.place(),
                            when,
                            Integer.toString(informed),
                            Integer.toString(offered),
                            Integer.toString(consented),
                            Integer.toString(random.nextInt(consented + 1))));
                }
            }
        }
        return csv("trial_id,home_region,study_region,month,informed,offered,consented,included", rows);
    }

    /** Different ones. */
    private static Set<StudySite> anySites(List<StudySite> sites, SplittableRandom random) {
        Set<StudySite> some = new LinkedHashSet<>();
        for (int i = 0; i < TRIALS && !sites.isEmpty(); i++) {
            some.add(sites.get(random.nextInt(sites.size())));
        }
        return some;
    }

    private static List<String> withHospital(List<String> counties) {
        return counties.stream().filter(HOSPITALS::containsKey).toList();
    }

    private String csv(String header, List<String> rows) {
        StringBuilder csv = new StringBuilder(header).append(",source\n");
        rows.forEach(row -> csv.append(row)
                .append(',')
                .append(SyntheticCosts.LABEL)
                .append(": samsyn demo with seed ")
                .append(seed)
                .append('\n'));
        return csv.toString();
    }

    private static String row(String... cells) {
        return String.join(",", cells);
    }

    private static String pick(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    private static String number(SplittableRandom random, int bound, int unit) {
        return String.format(Locale.ROOT, "%d", (long) random.nextInt(bound) * unit);
    }

    private SplittableRandom random(String what, String where) {
        byte[] digest = Hash.sha256((seed + "\n" + what + "\n" + where).getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
    }
}
