import QtQuick
import QtQuick.Layouts
import "../theme"

// One key of a pad: a digit, a letter, `back` or `done`. An empty key is a gap.
Rectangle {
    id: cap

    required property string key
    signal pressed

    readonly property bool isDone: key === "done"
    readonly property bool isBack: key === "back"
    readonly property color ink: isDone ? GsTheme.colour.accentLabel : GsTheme.colour.text

    Layout.fillWidth: true
    Layout.preferredHeight: Math.max(GsTheme.least, GsTheme.px(GsTheme.elder ? 92 : 80))
    opacity: key === "" ? 0 : 1
    enabled: key !== ""
    radius: GsTheme.radius
    color: isDone ? GsTheme.colour.accent : tap.pressed ? GsTheme.colour.accentSoft : GsTheme.colour.surface
    border.width: isDone ? 0 : 1
    border.color: GsTheme.colour.line
    Accessible.role: Accessible.Button
    Accessible.name: isDone ? qsTr("好了") : isBack ? qsTr("退一格") : key
    Accessible.ignored: key === ""
    Accessible.onPressAction: cap.pressed()

    GsText {
        visible: !cap.isBack
        anchors.centerIn: parent
        text: cap.isDone ? qsTr("好了") : cap.key
        role: "lead"
        strong: true
        color: cap.ink
    }
    GsIcon {
        visible: cap.isBack
        anchors.centerIn: parent
        name: "backspace"
        colour: cap.ink
    }
    TapHandler {
        id: tap
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: cap.pressed()
    }
}
