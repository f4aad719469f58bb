package io.sealos.oci.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/** A connection to a host or its proxy that could not be opened, with the reason that the JDK's client leaves out. */
public final class ConnectFailure extends ConnectException {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(2);

    private final Reason reason;
    private final String proxy;

    private ConnectFailure(Reason reason, String proxy) {
        super(reason.problem + (proxy.isEmpty() ? "" : " (the proxy " + proxy + ")"));
        this.reason = reason;
        this.proxy = proxy;
    }

    /** Returns the failure of a connection to an address. */
    static ConnectFailure of(ConnectException failure, URI address, HttpSettings settings) {
        Optional<InetSocketAddress> proxy = settings.proxyFor(address);
        InetSocketAddress peer = proxy.orElseGet(() -> InetSocketAddress.createUnresolved(
                address.getHost(), address.getPort() < 0 ? defaultPort(address) : address.getPort()));
        String name = proxy.isPresent() ? peer.getHostString() + ":" + peer.getPort() : "";
        ConnectFailure known = new ConnectFailure(reason(failure, peer, settings.connectTimeout()), name);
        known.initCause(failure);
        return known;
    }

    private static int defaultPort(URI address) {
        return "http".equals(address.getScheme()) ? 80 : 443;
    }

    private static Reason reason(ConnectException failure, InetSocketAddress peer, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return Reason.UNKNOWN_HOST;
            }
            if (cause instanceof NoRouteToHostException) {
                return Reason.UNREACHABLE;
            }
            // The client has tried again on the closed channel, and only reports that.
            if (cause instanceof ClosedChannelException) {
                return probe(peer, timeout.compareTo(LONGEST_PROBE) < 0 ? timeout : LONGEST_PROBE);
            }
        }
        return reason(failure);
    }

    /** Connects once more, without sending anything, for the message of the operating system. */
    private static Reason probe(InetSocketAddress peer, Duration timeout) {
        try (SocketChannel channel = SocketChannel.open()) {
            InetSocketAddress resolved = new InetSocketAddress(peer.getHostString(), peer.getPort());
            channel.socket().connect(resolved, (int) Math.max(1, timeout.toMillis()));
            return Reason.OTHER;
        } catch (IOException e) {
            return reason(e);
        }
    }

    private static Reason reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NoRouteToHostException || message.contains("unreachable")) {
            return Reason.UNREACHABLE;
        }
        return failure instanceof ConnectException && message.contains("refused") ? Reason.REFUSED : Reason.OTHER;
    }

    /** Returns whether a retry does not help: the JDK remembers for ten seconds that it found no such host. */
    public boolean isUnknownHost() {
        return reason == Reason.UNKNOWN_HOST;
    }

    /** Returns what to do about the failure. */
    public String hint() {
        if (proxy.isEmpty()) {
            return reason.hint;
        }
        return "check the address of the proxy and that it runs";
    }

    private enum Reason {
        REFUSED("connection refused", "check the port and that the registry runs"),
        UNKNOWN_HOST("there is no such host", "check the name of the host and the DNS, or name a proxy that knows it"),
        UNREACHABLE("no route to the host", "check the network, or name a proxy that reaches it"),
        OTHER("no connection", "check the name of the host, the network and the proxy");

        private final String problem;
        private final String hint;

        Reason(String problem, String hint) {
            this.problem = problem;
            this.hint = hint;
        }
    }
}
