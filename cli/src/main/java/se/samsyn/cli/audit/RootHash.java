package se.samsyn.cli.audit;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

/** Reads the hash of a federation root from the command line. */
public final class RootHash implements ITypeConverter<Hash> {
    @Override
    public Hash convert(String text) {
        try {
            return Hash.parseHex(text);
        } catch (MalformedException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
