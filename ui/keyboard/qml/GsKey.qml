import QtQuick
import QtQuick.Layouts
import "../../qml/theme"
import "../../qml/components"

// One key. `caption` is what it shows, `key` what it means; a tap never takes the focus from the field.
Rectangle {
    id: cap

    required property string key
    property string caption: key
    property string iconName: ""
    property string spoken: caption
    property bool strong: false
    property bool grey: false
    property bool on: false
    property bool repeats: false
    property real share: 1
    signal struck

    readonly property bool lit: strong || on
    readonly property color ink: lit ? GsTheme.colour.accentLabel : GsTheme.colour.text

    objectName: "key_" + key
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.preferredWidth: share * 100
    Layout.minimumWidth: 0
    radius: GsTheme.radius
    color: {
        if (lit)
            return tap.pressed ? GsTheme.colour.accentPressed : GsTheme.colour.accent;
        if (tap.pressed)
            return GsTheme.colour.accentSoft;
        if (grey)
            return GsTheme.highContrast ? GsTheme.colour.sunken : GsTheme.colour.line;
        return GsTheme.colour.surface;
    }
    border.width: GsTheme.highContrast ? GsTheme.stroke : 1
    border.color: GsTheme.highContrast ? GsTheme.colour.lineStrong : GsTheme.colour.line
    Accessible.role: Accessible.Button
    Accessible.name: spoken
    Accessible.onPressAction: cap.struck()

    GsText {
        visible: cap.iconName === ""
        anchors.centerIn: parent
        text: cap.caption
        role: cap.caption.length > 1 ? "body" : "lead"
        strong: true
        color: cap.ink
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 12
        width: Math.min(implicitWidth, parent.width - GsTheme.px(8))
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1
    }
    GsIcon {
        visible: cap.iconName !== ""
        anchors.centerIn: parent
        name: cap.iconName
        colour: cap.ink
    }
    Timer {
        running: cap.repeats && tap.pressed && tap.timeHeld > 0.45
        interval: 110
        repeat: true
        onTriggered: cap.struck()
    }
    TapHandler {
        id: tap
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: cap.struck()
    }
}
