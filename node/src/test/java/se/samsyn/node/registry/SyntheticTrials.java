package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import se.samsyn.node.Json;

/** Invented documents in the registries' formats, each with every field that is read. */
final class SyntheticTrials {
    private SyntheticTrials() {}

    /** A study of ClinicalTrials.gov. */
    static ObjectNode ctgov() {
        return parse("""
                {"protocolSection": {
                  "identificationModule": {
                    "nctId": "NCT09000001", "nctIdAliases": ["NCT09000002"],
                    "orgStudyIdInfo": {"id": "SPONSOR-1"},
                    "secondaryIdInfos": [
                      {"id": "2018-001234-12", "type": "EUDRACT_NUMBER"},
                      {"id": "EU CT number: 2023-501234-12-00", "type": "REGISTRY"},
                      {"id": "2023-501234-12", "type": "REGISTRY"},
                      {"id": "GRANT 4711", "type": "OTHER_GRANT"}],
                    "briefTitle": "A trial of\\n something", "officialTitle": "Official"},
                  "statusModule": {
                    "overallStatus": "TERMINATED", "whyStopped": "Slow recruitment",
                    "startDateStruct": {"date": "2021-03-01", "type": "ACTUAL"},
                    "completionDateStruct": {"date": "2023-02", "type": "ACTUAL"}},
                  "sponsorCollaboratorsModule": {
                    "responsibleParty": {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "Ture Testsson, MD"},
                    "leadSponsor": {"name": "Region Ingenstans", "class": "OTHER_GOV"}},
                  "conditionsModule": {"conditions": ["Heart Failure", "COPD | Asthma"]},
                  "designModule": {
                    "studyType": "INTERVENTIONAL", "phases": ["PHASE3", "PHASE2"],
                    "enrollmentInfo": {"count": 12, "type": "ACTUAL"}},
                  "armsInterventionsModule": {"interventions": [
                    {"type": "DRUG", "name": "Examplumab"}, {"type": "DEVICE", "name": "Pump"},
                    {"type": "DRUG", "name": "Placebo to Examplumab"}]},
                  "contactsLocationsModule": {
                    "centralContacts": [
                      {"name": "Kerstin Påhitt", "phone": "+46 70 000 00 00", "email": "k@example.org"}],
                    "overallOfficials": [{"name": "Ture Testsson", "affiliation": "Region Ingenstans"}],
                    "locations": [
                      {"facility": "Sjukhuset i Ingenstans", "city": "Lund", "zip": "221 85", "country": "Sweden",
                       "contacts": [{"name": "Ada Exempel", "email": "a@example.org"}]},
                      {"facility": "Dr. Testsson's clinic", "city": "Göteborg", "country": "Sweden"},
                      {"facility": "Kerstin Påhitt, ward 4", "city": "Umeå", "country": "Sweden"},
                      {"facility": "Investigational Site 123", "city": "Oslo", "country": "Norway"}]}}}
                """);
    }

    /** A trial of CTIS with the structure after June 2024, Sweden and Norway concerned. */
    static ObjectNode ctis() {
        return parse("""
                {"ctNumber": "2024-500001-11-00", "ctStatus": "Authorised", "ctPublicStatusCode": 4,
                 "startDateEU": "02/01/2024",
                 "decisionDate": "SE: 20/12/2023",
                 "authorizedApplication": {
                   "authorizedPartI": {
                     "trialDetails": {
                       "clinicalTrialIdentifiers": {
                         "fullTitle": "A synthetic trial", "publicTitle": "Public",
                         "secondaryIdentifyingNumbers": {
                           "nctNumber": {"number": "NCT09000003"},
                           "additionalRegistries": [{"number": "ISRCTN12345678"}, {"number": "LOCAL-9"}]}},
                       "trialInformation": {
                         "trialCategory": {"trialPhase": "10"},
                         "trialDuration": {"estimatedEndDate": "2027-06-30"}}},
                     "sponsors": [{"primary": true, "commercial": "Non-Commercial",
                       "organisation": {"name": "Universitetet i Ingenstans"},
                       "publicContacts": [
                         {"functionalName": "Kerstin Påhitt", "functionalEmailAddress": "k@example.org"}]}],
                     "medicalConditions": [
                       {"medicalCondition": "Influenza", "isConditionRareDisease": false},
                       {"medicalCondition": "Something rare", "isConditionRareDisease": true}],
                     "isLowIntervention": true,
                     "productRoleGroupInfos": [
                       {"productRoleCode": "1", "products": [
                         {"productName": "Examplumab", "productDictionaryInfo": {"atcCode": "L01XC99"},
                          "anAdvancedTherapyMedicinalProduct": false, "devices": []}]},
                       {"productRoleCode": "3", "products": [{"productName": "Nothing at all"}]}]},
                   "authorizedPartsII": [
                     {"mscInfo": {"countryName": "Norway"}, "recruitmentSubjectCount": 20,
                      "trialSites": [{"organisationAddressInfo": {"organisation": {"name": "Sykehuset"},
                        "address": {"city": "Oslo", "postcode": "0150", "countryName": "Norway"}}}]},
                     {"mscInfo": {"countryName": "Sweden"}, "recruitmentSubjectCount": 30,
                      "trialSites": [
                        {"trialSiteName": null,
                         "organisationAddressInfo": {"organisation": {"name": "Sjukhuset i Ingenstans"},
                           "address": {"city": "Linkoeping", "postcode": "581 85", "countryName": "Sweden"},
                           "phone": "+46100000000", "email": "site@example.org"},
                         "personInfo": {"firstName": "Ada", "lastName": "Exempel", "email": "a@example.org"}}]}],
                   "applicationInfo": [
                     {"submissionDate": "2023-09-01", "ctMSCsByApplication": [{"mscName": "Norway"}]},
                     {"submissionDate": "2023-10-01", "ctMSCsByApplication": [{"mscName": "Sweden"}]},
                     {"submissionDate": "2024-10-01", "ctMSCsByApplication": [{"mscName": "Sweden"}]}],
                   "memberStatesConcerned": [
                     {"mscName": "Norway", "firstDecisionDate": "2023-11-01T10:00:00.1", "mscPublicStatusCode": 5},
                     {"mscName": "Sweden", "firstDecisionDate": "2023-12-20T15:14:59.077", "mscPublicStatusCode": 4}],
                   "eudraCt": {"isTransitioned": true, "eudraCtCode": "2019-001588-63"}},
                 "events": {"trialEvents": [
                   {"mscName": "Norway", "events": [{"notificationType": "START_OF_TRIAL", "date": "2024-01-02"}]},
                   {"mscName": "Sweden", "events": [
                     {"notificationType": "START_OF_TRIAL", "date": "2024-02-03"},
                     {"notificationType": "START_OF_RECRUITMENT", "date": "2024-02-10"}]}]},
                 "ctrname": "CTIS", "record_last_import": "2026-03-08 17:37:06"}
                """);
    }

    private static ObjectNode parse(String text) {
        return (ObjectNode) Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
