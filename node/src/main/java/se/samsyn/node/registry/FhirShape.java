package se.samsyn.node.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * Which elements a {@code ResearchStudy} has in one release of FHIR, and how their values are written. The releases share names but hardly
 * any structure, so a study is of the one whose elements it has; nothing in a resource says it.
 */
// what it holds cannot be changed, but its types do not say so
@SuppressWarnings("ImmutableEnumChecker")
enum FhirShape {
    R4(
            "identifier:Identifier* title:string protocol:Reference* partOf:Reference* status:code"
                    + " primaryPurposeType:CodeableConcept phase:CodeableConcept category:CodeableConcept*"
                    + " focus:CodeableConcept* condition:CodeableConcept* contact:ContactDetail* relatedArtifact:Object*"
                    + " keyword:CodeableConcept* location:CodeableConcept* description:string enrollment:Reference*"
                    + " period:Period sponsor:Reference principalInvestigator:Reference site:Reference*"
                    + " reasonStopped:CodeableConcept note:Object* arm:Object* objective:Object*",
            Set.of(
                    "active",
                    "administratively-completed",
                    "approved",
                    "closed-to-accrual",
                    "closed-to-accrual-and-intervention",
                    "completed",
                    "disapproved",
                    "in-review",
                    "temporarily-closed-to-accrual",
                    "temporarily-closed-to-accrual-and-intervention",
                    "withdrawn")),
    R5(
            "url:string identifier:Identifier* version:string name:string title:string label:Object* protocol:Reference*"
                    + " partOf:Reference* relatedArtifact:Object* date:dateTime status:code"
                    + " primaryPurposeType:CodeableConcept phase:CodeableConcept studyDesign:CodeableConcept*"
                    + " focus:CodeableReference* condition:CodeableConcept* keyword:CodeableConcept*"
                    + " region:CodeableConcept* descriptionSummary:string description:string period:Period"
                    + " site:Reference* note:Object* classifier:CodeableConcept* associatedParty:Party*"
                    + " progressStatus:Progress* whyStopped:CodeableConcept recruitment:Recruitment"
                    + " comparisonGroup:Object* objective:Object* outcomeMeasure:Object* result:Reference*",
            Set.of("draft", "active", "retired", "unknown"));

    private static final String IN_EVERY_RESOURCE = " resourceType:code id:string meta:Object implicitRules:string"
            + " language:code text:Object contained:Object* extension:Object* modifierExtension:Object*";

    private static final Map<String, Map<String, String>> TYPES = Map.of(
            "Identifier",
            elements("use:use type:CodeableConcept system:string value:string period:Period assigner:Reference"),
            "CodeableConcept",
            elements("coding:Coding* text:string"),
            "Coding",
            elements("system:string version:string code:code display:string userSelected:boolean"),
            "Reference",
            elements("reference:string type:string identifier:Identifier display:string"),
            "CodeableReference",
            elements("concept:CodeableConcept reference:Reference"),
            "Period",
            elements("start:dateTime end:dateTime"),
            "ContactDetail",
            elements("name:string telecom:Object*"),
            "Party",
            elements("name:string role:CodeableConcept period:Period* classifier:CodeableConcept* party:Reference"
                    + " modifierExtension:Object*"),
            "Progress",
            elements("state:CodeableConcept actual:boolean period:Period modifierExtension:Object*"),
            "Recruitment",
            elements("targetNumber:unsignedInt actualNumber:unsignedInt eligibility:Reference actualGroup:Reference"
                    + " modifierExtension:Object*"));

    private static final Set<String> IDENTIFIER_USES = Set.of("usual", "official", "temp", "secondary", "old");

    private static final Set<String> PRIMITIVES = Set.of("string", "code", "use", "boolean", "dateTime", "unsignedInt");

    private static final Pattern CODE = Pattern.compile("\\S+(?: \\S+)*");

    // a year, a month, a day, or an instant of a day
    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}"
                    + "(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?");

    private static final int DAY_LENGTH = 10;
    private static final int MONTH_LENGTH = 7;

    private final Map<String, String> study;
    private final Set<String> states;

    FhirShape(String study, Set<String> states) {
        this.study = elements(study + IN_EVERY_RESOURCE);
        this.states = states;
    }

    /**
     * What is wrong with a study as one of this release; empty if it could be one.
     *
     * @param study a {@code ResearchStudy}
     */
    Optional<MalformedException> fault(Field study) {
        try {
            checkObject(study, this.study);
            Field status = study.at("status");
            if (status.text().filter(text -> !states.contains(text)).isPresent()) {
                throw status.malformed("a state that FHIR " + this + " has");
            }
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(e);
        }
    }

    /** How many elements a study has that this release knows. */
    long known(Field study) {
        return study.members().keySet().stream().filter(this.study::containsKey).count();
    }

    private static void checkObject(Field object, Map<String, String> elements) {
        if (!object.isObject() || object.members().isEmpty()) {
            throw object.malformed("an object with elements");
        }
        object.members().forEach((name, value) -> {
            // what belongs to an element without being its value
            String plain = name.startsWith("_") ? name.substring(1) : name;
            String type = elements.get(plain);
            if (type == null) {
                throw value.malformed("no element of that name: this release of FHIR has none here");
            }
            check(value, name.startsWith("_") ? extension(type, value) : type);
        });
    }

    private static String extension(String type, Field value) {
        if (!PRIMITIVES.contains(type)) {
            throw value.malformed("no element of that name: only simple values have extensions beside them");
        }
        return "Object";
    }

    private static void check(Field value, String type) {
        if (!type.endsWith("*")) {
            checkOne(value, type);
            return;
        }
        if (!value.isArray() || value.items().isEmpty()) {
            throw value.malformed("an array that is not empty");
        }
        value.items().forEach(item -> checkOne(item, type.substring(0, type.length() - 1)));
    }

    private static void checkOne(Field value, String type) {
        switch (type) {
            case "string" -> checkText(value, Pattern.compile("(?s).*\\S.*"), "text");
            case "code" -> checkText(value, CODE, "a code");
            case "use" ->
                check(
                        value.text().filter(IDENTIFIER_USES::contains).isPresent(),
                        value,
                        "one of " + String.join(", ", new TreeSet<>(IDENTIFIER_USES)));
            case "dateTime" -> {
                checkText(value, DATE_TIME, "a date, or an instant, that the calendar has");
                checkCalendar(value);
            }
            case "boolean" -> check(value.truth().isPresent(), value, "true or false");
            case "unsignedInt" -> checkCount(value);
            case "Object" -> check(value.isObject() && !value.members().isEmpty(), value, "an object with elements");
            default -> checkObject(value, Objects.requireNonNull(TYPES.get(type), type));
        }
    }

    private static void check(boolean holds, Field value, String expected) {
        if (!holds) {
            throw value.malformed(expected);
        }
    }

    private static void checkText(Field value, Pattern pattern, String expected) {
        if (!value.isText() || value.text().filter(pattern.asMatchPredicate()).isEmpty()) {
            throw value.malformed(expected);
        }
    }

    private static void checkCount(Field value) {
        long count = value.integer().orElse(-1);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw value.malformed("a whole number from 0 to " + Integer.MAX_VALUE);
        }
    }

    private static void checkCalendar(Field value) {
        String text = value.requiredText();
        try {
            if (text.length() >= DAY_LENGTH) {
                LocalDate.parse(text.substring(0, DAY_LENGTH));
            } else if (text.length() == MONTH_LENGTH) {
                YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            MalformedException refusal = value.malformed("a date that the calendar has");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** Names and types; a star stands for a list. */
    private static Map<String, String> elements(String list) {
        Map<String, String> elements = new HashMap<>();
        for (String element : (list + " id:string extension:Object*").split(" ", -1)) {
            int colon = element.indexOf(':');
            elements.put(element.substring(0, colon), element.substring(colon + 1));
        }
        return Map.copyOf(elements);
    }
}
