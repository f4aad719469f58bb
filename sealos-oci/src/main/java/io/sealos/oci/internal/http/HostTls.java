package io.sealos.oci.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The TLS settings of a host that differ from those of the platform. */
public interface HostTls {
    SSLContext context() throws IOException;

    /** Trusts the certificate authorities of the platform and those of a PEM file. */
    record Authorities(Path pem) implements HostTls {
        @Override
        public SSLContext context() throws IOException {
            try {
                Collection<? extends Certificate> own = read();
                if (own.isEmpty()) {
                    throw new CertificateException("it has none");
                }
                List<Certificate> all = new ArrayList<>(own);
                all.addAll(ofPlatform());
                return trusting(managers(keyStore(all)));
            } catch (GeneralSecurityException e) {
                throw new IOException("the certificates in " + pem + " cannot be read: " + e.getMessage(), e);
            }
        }

        private Collection<? extends Certificate> read() throws IOException, CertificateException {
            try (InputStream content = Files.newInputStream(pem)) {
                return CertificateFactory.getInstance("X.509").generateCertificates(content);
            }
        }

        private static List<Certificate> ofPlatform() throws GeneralSecurityException {
            List<Certificate> issuers = new ArrayList<>();
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager platform) {
                    issuers.addAll(List.of(platform.getAcceptedIssuers()));
                }
            }
            return issuers;
        }

        private static KeyStore keyStore(List<Certificate> certificates) throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            return store;
        }

        private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        }
    }

    /** Trusts any certificate, for a host that the caller has named. */
    record Unverified() implements HostTls {
        @Override
        public SSLContext context() throws IOException {
            try {
                return trusting(new AnyCertificate());
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
            }
        }
    }

    /** Trusts nothing, for hosts with plain HTTP. It avoids loading the certificate authorities of the platform. */
    record Unused() implements HostTls {
        @Override
        public SSLContext context() throws IOException {
            try {
                return trusting();
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
            }
        }
    }

    /** Uses a context of the caller, such as one with client certificates. */
    record Given(SSLContext context) implements HostTls {}

    private static SSLContext trusting(TrustManager... managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, new SecureRandom());
        return context;
    }

    /** Accepts any certificate. An extended trust manager also checks the name of the host, which this one accepts. */
    final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
