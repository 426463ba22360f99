package se.samsyn.node.registry;

/**
 * A site as a registry writes it; what is not known is empty. Whoever places it goes by postal code and city.
 *
 * @param hospital the name of the organisation, never of a person
 * @param country as the registry writes it
 * @param role a word of the code list {@code site-role}, or empty
 */
public record RegistrySite(String hospital, String city, String postalCode, String country, String role) {}
