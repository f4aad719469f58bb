package io.sealos.oci.internal.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry of NO_PROXY: a host with all its subdomains ({@code example.org}, {@code .example.org},
 * {@code *.example.org}), an IP address, a range of addresses ({@code 10.0.0.0/8}), or {@code *}. All forms except
 * ranges may have a port.
 */
record NoProxyEntry(String name, int port) {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-f:.]{0,45}:[0-9a-f:.]{0,45}");
    private static final int ANY_PORT = -1;

    static NoProxyEntry parse(String entry) {
        String text = entry.toLowerCase(Locale.ROOT);
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0
                && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']')
                && text.substring(colon + 1).matches("[0-9]{1,5}");
        String name = withoutBrackets(port ? text.substring(0, colon) : text);
        return new NoProxyEntry(name, port ? Integer.parseInt(text.substring(colon + 1)) : ANY_PORT);
    }

    boolean covers(URI target) {
        String host = withoutBrackets(String.valueOf(target.getHost()).toLowerCase(Locale.ROOT));
        return (port == ANY_PORT || port == HostNames.port(target))
                && (name.equals("*")
                        || name.equals(host)
                        || (isAddress(host) ? coversAddress(host) : coversBelow(host)));
    }

    private boolean coversBelow(String host) {
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        return ("." + host).endsWith(domain.startsWith(".") ? domain : "." + domain);
    }

    private boolean coversAddress(String host) {
        int slash = name.indexOf('/');
        String base = slash < 0 ? name : name.substring(0, slash);
        if (!isAddress(base)) {
            return false;
        }
        Optional<InetAddress> one = address(base);
        Optional<InetAddress> other = address(host);
        return one.isPresent()
                && other.isPresent()
                && (slash < 0
                        ? one.equals(other)
                        : isInRange(other.get().getAddress(), one.get().getAddress(), name.substring(slash + 1)));
    }

    private static boolean isInRange(byte[] address, byte[] base, String prefix) {
        int bits = 8 * base.length;
        if (address.length != base.length || !prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > bits) {
            return false;
        }
        int host = bits - Integer.parseInt(prefix);
        return new BigInteger(1, address).shiftRight(host).equals(new BigInteger(1, base).shiftRight(host));
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Parses an IP address. The text is never a host name, so no name lookup takes place. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
