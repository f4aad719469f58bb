package io.sealos.oci.internal.trust.sign;

import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Map;
import java.util.Optional;

/**
 * A curve of NIST, for the public key of a private key that was read without it. Java has no public method for that.
 * The time of the computation depends on the key, so it is only done once, when a key is read from a file.
 */
final class Curve {
    /** The order of each curve, which no other curve with this cofactor has. */
    private static final Map<String, String> ORDERS = Map.of(
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            "P-256",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            "P-384",
            "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9"
                    + "b8899c47aebb6fb71e91386409",
            "P-521");

    private final ECParameterSpec curve;
    private final BigInteger prime;

    private Curve(ECParameterSpec curve, BigInteger prime) {
        this.curve = curve;
        this.prime = prime;
    }

    /** {@return the curve with given parameters, if it is P-256, P-384 or P-521} */
    static Optional<Curve> of(ECParameterSpec parameters) {
        return parameters.getCurve().getField() instanceof ECFieldFp field
                        && ORDERS.containsKey(parameters.getOrder().toString(16))
                ? Optional.of(new Curve(parameters, field.getP()))
                : Optional.empty();
    }

    /** {@return the generator times a factor} */
    ECPoint multiple(BigInteger factor) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (factor.testBit(bit)) {
                sum = add(sum, curve.getGenerator());
            }
        }
        return sum;
    }

    private ECPoint add(ECPoint a, ECPoint b) {
        if (a.equals(ECPoint.POINT_INFINITY)) {
            return b;
        }
        if (b.equals(ECPoint.POINT_INFINITY)) {
            return a;
        }
        boolean same = a.equals(b);
        if (!same && a.getAffineX().equals(b.getAffineX())) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = same ? tangent(a) : chord(a, b);
        BigInteger x =
                slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(prime);
        BigInteger y = slope.multiply(a.getAffineX().subtract(x))
                .subtract(a.getAffineY())
                .mod(prime);
        return new ECPoint(x, y);
    }

    private BigInteger tangent(ECPoint point) {
        BigInteger rise = point.getAffineX()
                .pow(2)
                .multiply(BigInteger.valueOf(3))
                .add(curve.getCurve().getA());
        return rise.multiply(point.getAffineY().shiftLeft(1).modInverse(prime)).mod(prime);
    }

    private BigInteger chord(ECPoint a, ECPoint b) {
        BigInteger rise = b.getAffineY().subtract(a.getAffineY());
        return rise.multiply(b.getAffineX().subtract(a.getAffineX()).modInverse(prime))
                .mod(prime);
    }
}
