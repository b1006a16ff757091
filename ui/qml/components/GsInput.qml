import QtQuick
import QtQuick.Controls.Basic
import "../theme"

// What every typed answer is written in. `pad` tells the window which keys to show below: text, latin, number or id.
TextField {
    id: input

    property string pad: "text"
    property bool wrong: false
    property bool round: false

    implicitHeight: GsTheme.target
    leftPadding: GsTheme.gap
    rightPadding: GsTheme.gap
    font.pixelSize: GsTheme.lead
    color: GsTheme.colour.text
    placeholderTextColor: "transparent"
    selectionColor: GsTheme.colour.accent
    selectedTextColor: GsTheme.colour.accentLabel
    passwordMaskDelay: 0
    inputMethodHints: pad === "text" ? Qt.ImhNone : Qt.ImhNoPredictiveText
    verticalAlignment: TextInput.AlignVCenter

    // In place of the control's own, which is cut where a language or a large type needs more room.
    GsText {
        visible: input.text === "" && input.preeditText === ""
        x: GsTheme.mirrored ? input.rightPadding : input.leftPadding
        width: input.width - input.leftPadding - input.rightPadding
        height: input.height
        text: input.placeholderText
        soft: true
        font.pixelSize: GsTheme.lead
        fontSizeMode: Text.Fit
        minimumPixelSize: GsTheme.px(18)
        lineHeight: 1
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    background: Rectangle {
        radius: input.round ? height / 2 : GsTheme.radius
        color: GsTheme.colour.surface
        border.width: input.activeFocus ? GsTheme.px(4) : GsTheme.stroke
        border.color: input.wrong ? GsTheme.colour.bad : input.activeFocus ? GsTheme.colour.accent : GsTheme.colour.lineStrong
    }
}
