#!/bin/sh
# Makes the keys and certificates of the tests anew, in this folder, with the JDK's keytool.
# Ed25519, because its signatures hold no chance: runs in virtual time repeat to the bit.
set -eu
cd "$(dirname "$0")"
rm -f ./*.p12 ./*.pem
all="-storetype PKCS12 -storepass secret -noprompt"

authority() { # name
  keytool -genkeypair $all -keystore "$1.p12" -alias ca -keyalg Ed25519 -dname "CN=$1" \
    -ext bc:c=ca:true,pathlen:0 -ext ku:c=keyCertSign -startdate "2020/01/01 00:00:00" -validity 36500
  keytool -exportcert $all -keystore "$1.p12" -alias ca -rfc -file "$1.pem"
}

node() { # name authority first-day days
  keytool -genkeypair $all -keystore "$1.p12" -alias node -keyalg Ed25519 -dname "CN=$1" \
    -startdate "$3" -validity "$4"
  keytool -certreq $all -keystore "$1.p12" -alias node -file request.pem
  keytool -gencert $all -keystore "$2.p12" -alias ca -infile request.pem -outfile signed.pem -rfc \
    -startdate "$3" -validity "$4" $5
  cat signed.pem "$2.pem" > chain.pem
  keytool -importcert $all -keystore "$1.p12" -alias node -file chain.pem
  rm request.pem signed.pem chain.pem
}

authority authority
authority other-authority
for name in alpha beta gamma delta epsilon; do
  node "$name" authority "2020/01/01 00:00:00" 36500 ""
done
node stranger other-authority "2020/01/01 00:00:00" 36500 ""
node expired authority "2001/01/01 00:00:00" 365 ""
node early authority "2110/01/01 00:00:00" 365 ""
# The virtual world begins with the year 2026; this one ends two days later.
node brief authority "2025/12/31 00:00:00" 3 ""
node server-only authority "2020/01/01 00:00:00" 36500 "-ext eku=serverAuth"
# Nobody but itself vouches for it: for pins.
keytool -genkeypair $all -keystore alone.p12 -alias node -keyalg Ed25519 -dname CN=alone \
  -startdate "2020/01/01 00:00:00" -validity 36500
